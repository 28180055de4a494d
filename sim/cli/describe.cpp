// `ketsim describe`: pages of reference, made from the declarations that the program itself works with.
#include <CLI/CLI.hpp>

#include <iostream>
#include <map>
#include <memory>

#include "exit_codes.hpp"
#include "reference.hpp"
#include "terminal.hpp"
#include "verbs.hpp"

namespace ketsim {
namespace {

struct DescribeArguments {
  std::string what;
  std::string name;
  bool is_markdown = false;
};

const std::map<std::string, ReferencePage (*)()>& pages() {
  static const std::map<std::string, ReferencePage (*)()> makers{{"parameters", parameter_reference},
                                                                 {"outputs", output_reference},
                                                                 {"instruments", instrument_reference},
                                                                 {"schedule", schedule_reference},
                                                                 {"sweeps", sweep_reference}};
  return makers;
}

//! The page with only the entries that `name` means.
ReferencePage cut_to(ReferencePage page, const std::string& name) {
  std::vector<ReferenceEntry> kept;
  for (const ReferenceEntry* entry : find_entries(page, name)) kept.push_back(*entry);
  page.entries = std::move(kept);
  return page;
}

std::string all_details(const ReferencePage& page, std::size_t width) {
  std::string text;
  for (const ReferenceEntry& entry : page.entries) text += (text.empty() ? "" : "\n") + details(entry, width);
  return text;
}

int describe(const DescribeArguments& arguments) {
  ReferencePage page = pages().at(arguments.what)();
  if (!arguments.name.empty()) page = cut_to(std::move(page), arguments.name);
  if (arguments.is_markdown) {
    std::cout << as_markdown(page);
  } else if (!arguments.name.empty()) {
    std::cout << all_details(page, stdout_width());
  } else if (is_stdout_terminal()) {
    std::cout << as_text(page, stdout_width()) << "\n`ketsim describe " << arguments.what
              << " NAME` tells all about one.\n";
  } else {
    std::cout << as_lines(page);
  }
  return exit_done;
}

}  // namespace

void add_describe(CLI::App& app, Work& work) {
  CLI::App* verb = app.add_subcommand(
      "describe", "Explain parameters, outputs, instruments, the schedule of a month or sweep files");
  const auto arguments = std::make_shared<DescribeArguments>();
  verb->add_option("WHAT", arguments->what, "What to list")
      ->required()
      ->check(CLI::IsMember({"parameters", "outputs", "instruments", "schedule", "sweeps"}));
  verb->add_option("NAME", arguments->name,
                   "All about one entry, as co_funding_rate or programmes[rocket].budget");
  verb->add_flag("--markdown", arguments->is_markdown, "The page of reference as Markdown");
  verb->footer(
      "Where stdout is no terminal, the list has one `name<TAB>summary` a line.\n\n"
      "Example:\n  ketsim describe parameters co_funding_rate");
  verb->callback([&work, arguments] { work = [arguments] { return describe(*arguments); }; });
}

}  // namespace ketsim
