// `ketsim resume`: goes on with an interrupted run, to the results that it would have had.
#include <CLI/CLI.hpp>

#include <memory>

#include "experiment_arguments.hpp"
#include "thread_option.hpp"
#include "verbs.hpp"

namespace ketsim {

void add_resume(CLI::App& app, Work& work) {
  CLI::App* verb = app.add_subcommand("resume", "Go on with a run or comparison that was interrupted");
  const auto part = std::make_shared<std::string>();
  const auto arguments = std::make_shared<ExperimentArguments>();
  verb->add_option("FILE.h5.part", *part,
                   "What the interrupted run has left; FILE.h5.ckpt must stand beside it")
      ->required();
  add_thread_option(*verb, arguments->threads);
  verb->add_flag("--quiet", arguments->is_quiet, "No progress bar, no line about the file")
      ->disable_flag_override();
  verb->footer(
      "A run ended by SIGINT, SIGTERM or SIGUSR1 keeps its running worlds. With --checkpoint-every, or once "
      "it has lasted\n"
      "half a minute, it also keeps what is finished, so that even a loss of power costs little. The results "
      "are those\n"
      "of an undisturbed run, to the bit, also with other threads.\n\n"
      "Example:\n  ketsim resume rocket.h5.part");
  verb->callback(
      [&work, part, arguments] { work = [part, arguments] { return resume_run(*part, *arguments); }; });
}

}  // namespace ketsim
