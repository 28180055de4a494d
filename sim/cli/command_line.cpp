#include "ketsim/cli/command_line.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>
#include <iostream>
#include <new>
#include <stdexcept>

#include "exit_codes.hpp"
#include "ketsim/base/diagnostics.hpp"
#include "verbs.hpp"
#include "versions.hpp"

namespace ketsim {
namespace {

constexpr const char* what_ketsim_does =
    "ketsim simulates firms, universities, intermediaries and programmes on both sides of a border, month "
    "by\n"
    "month, and tells how many small and medium enterprises adopt a Key Enabling Technology (KET) because of "
    "a\n"
    "policy: `run` simulates one scenario many times, `compare` the same worlds with and without the "
    "policy.\n"
    "Scenarios are YAML files; results go to one file that xarray, Python and ketsim itself read.";

constexpr const char* first_steps =
    "First steps:\n"
    "  ketsim validate scenarios/rocket.yaml\n"
    "  ketsim compare scenarios/no_programme.yaml scenarios/rocket.yaml -o rocket.h5 --replicates 20\n"
    "`ketsim VERB --help` explains a verb.";

std::vector<std::string> names_of_verbs(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(verb->get_name());
  return names;
}

std::vector<std::string> names_of_options(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

//! The verb that was called last, of nested ones the innermost; null: none.
const CLI::App* called_verb(const CLI::App& app) {
  const std::vector<CLI::App*> verbs = app.get_subcommands();
  if (verbs.empty()) return nullptr;
  const CLI::App* inner = called_verb(*verbs.front());
  return inner == nullptr ? verbs.front() : inner;
}

//! `sweep run`
std::string full_name(const CLI::App& verb) {
  const CLI::App* parent = verb.get_parent();
  return parent == nullptr || parent->get_parent() == nullptr ? verb.get_name()
                                                              : full_name(*parent) + ' ' + verb.get_name();
}

//! What was not understood, with the nearest name; otherwise the parser's own sentence.
std::string explain(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* verb = called_verb(app);
  const CLI::App& asked = verb == nullptr ? app : *verb;
  const std::vector<std::string> verbs = names_of_verbs(asked);
  const std::vector<std::string> rest = asked.remaining();
  if (!verbs.empty()) {
    if (rest.empty()) return error.what();
    if (rest.front().starts_with('-')) return "unknown option '" + rest.front() + "'";
    return "unknown verb '" + rest.front() + "'" + name_hint(rest.front(), verbs);
  }
  for (const std::string& argument : rest) {
    if (!argument.starts_with('-')) continue;
    const std::string name = argument.substr(0, argument.find('='));
    return "unknown option '" + name + "'" + name_hint(name, names_of_options(asked));
  }
  const std::string said = error.what();
  const std::size_t value =
      said.find(" was given a disallowed flag override");  // CLI11's words for FLAG=VALUE
  return value == std::string::npos ? said : "--" + said.substr(0, value) + " takes no value";
}

int tell_usage(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) return app.exit(error);  // help or version: printed on stdout
  const CLI::App* verb = called_verb(app);
  std::cerr << "ketsim: " << explain(app, error) << "\nTry `ketsim "
            << (verb == nullptr ? "" : full_name(*verb) + ' ') << "--help`.\n";
  return exit_bad_input;
}

void set_up(CLI::App& app, Work& work) {
  app.name("ketsim");
  app.footer(first_steps);
  app.require_subcommand(1);
  app.set_help_flag("-h,--help", "Print this help");
  app.set_version_flag("--version", version_text, "Print version, commit and libraries");
  app.get_formatter()->column_width(34);
  add_run(app, work);
  add_compare(app, work);
  add_resume(app, work);
  add_sweep(app, work);
  add_validate(app, work);
  add_schema(app, work);
  add_describe(app, work);
}

int parse_and_work(int argc, const char* const* argv) {
  Work work;
  CLI::App app(what_ketsim_does);
  set_up(app, work);
  if (argc < 2) {
    std::cerr << app.help();
    return exit_bad_input;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return tell_usage(app, error);
  }
  return work();
}

//! Data asked for that did not reach stdout (a full disk) is no success.
int check_output(int code) {
  if (std::cout.flush() && std::fflush(stdout) == 0) return code;
  std::cerr << "ketsim: cannot write to the standard output\n";
  return code == exit_done ? exit_failed : code;
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // beyond a limit of file sizes a write fails, as on a full disk
  try {
    return check_output(parse_and_work(argc, argv));
  } catch (const InputError& error) {
    std::cerr << error.what() << '\n';
    return exit_bad_input;
  } catch (const std::bad_alloc&) {
    std::cerr << "ketsim: there is not enough memory; take fewer agents or threads\n";
  } catch (const std::exception& error) {
    std::cerr << "ketsim: " << error.what() << '\n';
  } catch (...) {
    std::cerr << "ketsim: an unknown failure\n";
  }
  return exit_failed;
}

}  // namespace ketsim
