// A page of reference, built from declarations, and its forms: for reading, for scripts, as Markdown.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace ketsim {

//! One thing explained: a parameter, an output, an instrument, a process.
struct ReferenceEntry {
  std::size_t group = 0;  //!< heading that it stands under
  std::string name;
  std::string path;     //!< of a parameter in a scenario, NAME for names of the user's choice; else empty
  std::string summary;  //!< one sentence
  std::vector<std::pair<std::string, std::string>> facts;
};

struct ReferencePage {
  std::string title;
  std::string introduction;
  std::string what;                                         //!< one entry, for messages: "parameter"
  std::vector<std::pair<std::string, std::string>> groups;  //!< heading, what it is about
  std::vector<ReferenceEntry> entries;
  std::vector<std::string>
      columns;                 //!< facts that the tables in Markdown show; none: a table of facts per entry
  bool shows_columns = false;  //!< also in the list for a terminal
};

[[nodiscard]] ReferencePage parameter_reference();
[[nodiscard]] ReferencePage output_reference();
[[nodiscard]] ReferencePage instrument_reference();
[[nodiscard]] ReferencePage schedule_reference();
[[nodiscard]] ReferencePage sweep_reference();

//! `name<TAB>summary`, one entry a line.
[[nodiscard]] std::string as_lines(const ReferencePage& page);
//! Headings, then names and summaries in two columns, `width` wide.
[[nodiscard]] std::string as_text(const ReferencePage& page, std::size_t width);
[[nodiscard]] std::string as_markdown(const ReferencePage& page);
//! Everything about one entry.
[[nodiscard]] std::string details(const ReferenceEntry& entry, std::size_t width);

//! Entries that `name` means: by name; else by path, as `programmes[rocket].budget`; else by the last part of
//! the name or by heading. Throws InputError with the nearest name when there is none.
[[nodiscard]] std::vector<const ReferenceEntry*> find_entries(const ReferencePage& page,
                                                              const std::string& name);

}  // namespace ketsim
