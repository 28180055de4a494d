// `ketsim sweep slurm`: a sweep as an array of jobs on a cluster that Slurm runs, and a job that collects it.
#include <sys/wait.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <regex>

#include <fmt/args.h>
#include <fmt/format.h>

#include "exit_codes.hpp"
#include "ketsim/io/output_file.hpp"
#include "sweep_folder.hpp"
#include "sweep_verbs.hpp"

namespace ketsim {
namespace {

namespace fs = std::filesystem;

// Names in braces are filled in; the shell's own braces would have to be doubled.
constexpr const char* array_script = R"(#!/usr/bin/env bash
# Written by `ketsim sweep slurm`; change it at will. Each task of the array does one part of the sweep. Submit it again
# at any time: what is done is not done again.
#SBATCH --job-name=ketsim
#SBATCH --array=1-{tasks}
#SBATCH --cpus-per-task={cpus}
{options}#SBATCH --output={logs}/part-%a.log"
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --signal=B:USR1@60
{modules}
ketsim={ketsim}
folder={folder}

# A minute before the time is up Slurm sends USR1 to this shell, which passes it on. ketsim then keeps what is done and
# ends with 138, and the task goes back to the queue, to go on where it stopped.
trap 'signalled=true; kill -USR1 "$run"' USR1

"$ketsim" sweep run "$folder" --shard "$SLURM_ARRAY_TASK_ID/{tasks}" --threads "$SLURM_CPUS_PER_TASK" --quiet &
run=$!
signalled=true
while $signalled; do # a signal ends `wait`, not the run
  signalled=false
  wait "$run"
  code=$?
done

if ((code == 138)); then
  echo "Stopped before the time was up; back to the queue"
  scontrol requeue "$SLURM_JOB_ID"
fi
exit "$code"
)";

constexpr const char* collect_script = R"(#!/usr/bin/env bash
# Written by `ketsim sweep slurm`; change it at will. Submit it with --dependency=afterany:JOB, JOB the array of
# sweep.sbatch: `afterok` would wait for ever once a task has failed. Ends with 1 while runs are missing.
#SBATCH --job-name=ketsim-collect
{options}#SBATCH --output={logs}/collect.log"
#SBATCH --open-mode=append
{modules}
ketsim={ketsim}
folder={folder}

"$ketsim" sweep status "$folder"
"$ketsim" sweep collect "$folder" --complete -o "$folder/sweep.h5"
code=$?
if ((code != 0)); then
  echo "To do what is missing: sbatch $folder/sweep.sbatch (--array=3,5 for some parts); then this script again."
fi
exit "$code"
)";

//! As one word of the shell.
std::string quoted(const std::string& text) {
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + '\'';
}

//! As the beginning of a quoted file name in an #SBATCH line, where %a is the number of the task.
std::string opened_for_sbatch(const std::string& text) {
  std::string word = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') word += '\\';
    if (c == '%') word += '%';
    word += c;
  }
  return word;
}

void check_plain(const char* option, const std::string& value) {
  const auto is_plain = [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view("_-.,:/@+=").find(static_cast<char>(c)) != std::string_view::npos;
  };
  if (!std::ranges::all_of(value, is_plain))
    throw InputError(
        fmt::format("{} = '{}' has characters that no name of Slurm or of a module has", option, value));
}

//! Minutes, M:S, H:M:S, or days before a dash: D-H, D-H:M, D-H:M:S.
void check_time(const std::string& time) {
  static const std::regex format(R"((\d+-)?\d+(:\d+){0,2})");
  if (!time.empty() && !std::regex_match(time, format))
    throw InputError(
        fmt::format("--time = '{}' is no time of Slurm; write minutes, H:M:S or D-H:M:S, as 02:00:00", time));
}

void check_module(const std::string& module) {
  if (module.empty()) throw InputError("--module names no module");
  check_plain("--module", module);
}

void check(const SweepSlurmArguments& arguments, std::size_t runs) {
  check_plain("--account", arguments.account);
  check_plain("--partition", arguments.partition);
  check_time(arguments.time);
  for (const std::string& module : arguments.modules) check_module(module);
  if (arguments.tasks > runs)
    throw InputError(fmt::format("--tasks = {} is above {}, the number of runs", arguments.tasks, runs));
}

std::string options_of(const SweepSlurmArguments& arguments) {
  std::string options;
  const auto add = [&options](const char* name, const std::string& value) {
    if (!value.empty()) options += fmt::format("#SBATCH --{}={}\n", name, value);
  };
  add("account", arguments.account);
  add("partition", arguments.partition);
  add("time", arguments.time);
  return options;
}

std::string filled(const char* script, const SweepSlurmArguments& arguments, const std::string& folder) {
  const std::string program = fs::canonical("/proc/self/exe").string();
  for (const std::string& path : {program, folder}) {
    if (path.find_first_of("\r\n") != std::string::npos)
      throw InputError(fmt::format("{}: a path with a line end cannot stand in a batch script", path));
  }
  fmt::dynamic_format_arg_store<fmt::format_context> values;
  values.push_back(fmt::arg("tasks", arguments.tasks));
  values.push_back(fmt::arg("cpus", arguments.cpus_per_task));
  values.push_back(fmt::arg("options", options_of(arguments)));
  values.push_back(fmt::arg("logs", opened_for_sbatch(folder + "/logs")));
  values.push_back(fmt::arg(
      "modules",
      arguments.modules.empty() ? "" : fmt::format("\nmodule load {}\n", fmt::join(arguments.modules, " "))));
  values.push_back(fmt::arg("ketsim", quoted(program)));
  values.push_back(fmt::arg("folder", quoted(folder)));
  return fmt::vformat(script, values);
}

//! Hands a script to Slurm and returns the job's number; sbatch itself tells what is wrong.
std::string submit(const std::string& options) {
  const std::string command = "sbatch --parsable " + options;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("sbatch cannot be started");
  std::string answer;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) answer += static_cast<char>(c);
  const int status = ::pclose(pipe);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error("sbatch failed: " + command);
  return answer.substr(0, answer.find_first_of(";\n"));  // JOB or JOB;CLUSTER
}

}  // namespace

int write_slurm_scripts(const SweepSlurmArguments& arguments) {
  check(arguments, read_plan(arguments.folder).plan.runs());
  const std::string folder = fs::canonical(arguments.folder).string();
  const std::string array = folder + "/sweep.sbatch";
  const std::string collect = folder + "/collect.sbatch";
  fs::create_directories(folder + "/logs");
  write_text_file(array, filled(array_script, arguments, folder));
  write_text_file(collect, filled(collect_script, arguments, folder));
  if (!arguments.submit) {
    std::cout << fmt::format("{}\n{}\nnext: sbatch {}\nthen: sbatch --dependency=afterany:JOB {}\n", array,
                             collect, quoted(array), quoted(collect));
    return exit_done;
  }
  const std::string job = submit(quoted(array));
  std::cout << fmt::format("sweep    job {}\n", job) << std::flush;
  std::cout << fmt::format("collect  job {}\n",
                           submit(fmt::format("--dependency=afterany:{} {}", job, quoted(collect))));
  return exit_done;
}

}  // namespace ketsim
