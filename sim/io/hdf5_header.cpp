#include "hdf5_header.hpp"

#include <functional>
#include <numeric>

#include <fmt/format.h>

#include "ketsim/io/sha256.hpp"

namespace ketsim::hdf5 {
namespace {

template <class Row>
std::vector<std::string> texts_of(const std::vector<Row>& rows,
                                  const std::function<std::string(const Row&)>& text) {
  std::vector<std::string> texts;
  for (const Row& row : rows) texts.push_back(text(row));
  return texts;
}

std::vector<std::string> names_of(const std::vector<ScenarioRecord>& scenarios) {
  return texts_of<ScenarioRecord>(scenarios, [](const auto& scenario) { return scenario.name; });
}

std::string title_of(const ResultHeader& header) {
  if (header.scenarios.size() == 1) return header.scenarios.front().title;
  return fmt::format("ketsim {}: {}", header.command, fmt::join(names_of(header.scenarios), ", "));
}

std::string version_of(const ResultHeader& header, const std::string& name) {
  for (const auto& [key, version] : header.versions) {
    if (key == name) return version;
  }
  return "unknown";
}

// Texts up to 1 MB go along with the results; larger ones would outweigh them.
bool travels(const InputText& input) {
  constexpr std::size_t most_bytes = 1'000'000;
  return input.text->size() <= most_bytes;
}

void add_texts(Axes& axes, const VariableDoc& doc, const std::vector<std::string>& dimensions,
               const std::vector<std::string>& values) {
  write_texts(axes.create_texts(doc, dimensions), values);
}

//! Parameters of all scenarios, each path once, in the order of their first appearance.
struct ParameterTable {
  std::vector<ParameterRow> rows;
  std::vector<std::string> values;  //!< [scenario][row]; empty where a scenario lacks the parameter
};

ParameterTable gather_parameters(const std::vector<ScenarioRecord>& scenarios) {
  ParameterTable table;
  std::map<std::string, std::size_t> row_of;
  for (const ScenarioRecord& scenario : scenarios) {
    for (const ParameterRow& parameter : scenario.parameters) {
      if (row_of.emplace(parameter.path, table.rows.size()).second) table.rows.push_back(parameter);
    }
  }
  table.values.resize(scenarios.size() * table.rows.size());
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    for (const ParameterRow& parameter : scenarios[i].parameters) {
      table.values[i * table.rows.size() + row_of.at(parameter.path)] = parameter.value;
    }
  }
  return table;
}

void add_parameter_texts(Axes& axes, const std::vector<ParameterRow>& rows) {
  const auto column = [&](const VariableDoc& doc,
                          const std::function<std::string(const ParameterRow&)>& text) {
    add_texts(axes, doc, {"parameter"}, texts_of(rows, text));
  };
  column({"path", "1", "path in the scenario, as for --set"},
         [](const ParameterRow& row) { return row.path; });
  column({"unit", "1", "unit of the value"}, [](const ParameterRow& row) { return row.declaration.unit; });
  column({"doc", "1", "meaning"}, [](const ParameterRow& row) { return row.declaration.doc; });
  column({"source", "1", "where the default comes from"},
         [](const ParameterRow& row) { return row.declaration.source; });
  column({"grade", "1", "M measured, D derived, E estimate, A assumption, F fitted, S setting"},
         [](const ParameterRow& row) { return std::string(1, letter(row.declaration.grade)); });
  column({"type", "1", "type of the value"}, [](const ParameterRow& row) { return ketsim::name(row.type); });
  column({"default", "1", "value where a scenario is silent"},
         [](const ParameterRow& row) { return row.default_value; });
}

void add_parameter_ranges(Axes& axes, const std::vector<ParameterRow>& rows) {
  const auto column = [&](const char* name, const char* doc,
                          const std::function<double(const Declaration&)>& bound) {
    std::vector<double> bounds;
    for (const ParameterRow& row : rows) bounds.push_back(bound(row.declaration));
    write_reals(axes.create_reals({name, "1", doc}, {"parameter"}), bounds);
  };
  column("low", "lowest valid value, in the parameter's unit",
         [](const Declaration& d) { return d.range.low; });
  column("high", "highest valid value, in the parameter's unit",
         [](const Declaration& d) { return d.range.high; });
  column("plausible_low", "lower end for sensitivity studies",
         [](const Declaration& d) { return d.plausible.low; });
  column("plausible_high", "upper end for sensitivity studies",
         [](const Declaration& d) { return d.plausible.high; });
}

}  // namespace

void write_global_attributes(hid_t file, const ResultHeader& header, const std::string& title) {
  write_attribute(file, "Conventions", "CF-1.10");
  write_attribute(file, "title", title.empty() ? title_of(header) : title);
  write_attribute(file, "source", "ketsim " + version_of(header, "ketsim"));
  write_attribute(file, "command", header.command);
  write_attribute(file, "seed", header.seed);
  write_attribute(file, "format_version", format_version);
  if (!header.until.empty()) write_attribute(file, "until", header.until);
}

void add_scenarios(Axes& axes, const std::vector<ScenarioRecord>& scenarios) {
  axes.add_texts({"scenario", "1", "scenario, by the name of its file"}, names_of(scenarios));
}

void add_replicates(Axes& axes, std::uint32_t replicates, bool is_unlimited) {
  std::vector<std::int32_t> numbers(replicates);
  std::iota(numbers.begin(), numbers.end(), 0);
  axes.add_integers({"replicate", "1", "replicate: same settings, other random numbers"}, numbers,
                    is_unlimited);
}

void add_time(Axes& axes, const std::vector<Month>& months, const std::string& doc) {
  std::vector<std::int32_t> days;
  for (const Month month : months) days.push_back(days_since_epoch(month));
  const Dataset& time = axes.add_integers({"time", "days since 1970-01-01", doc}, days);
  write_attribute(time.get(), "calendar", "proleptic_gregorian");
  write_attribute(time.get(), "standard_name", "time");
  write_attribute(time.get(), "axis", "T");
}

void add_coordinates(Axes& axes, const ResultHeader& header) {
  add_scenarios(axes, header.scenarios);
  add_replicates(axes, header.replicates, true);
  std::vector<Month> months;
  for (int month = 0; month < header.months; ++month) months.push_back(header.start + month);
  add_time(axes, months, "first day of the month; flows are sums over it, stocks stand at its end");
  for (const Dimension& dimension : header.dimensions)
    axes.add_texts({dimension.name, "1", dimension.doc}, dimension.labels);
}

void write_provenance(hid_t file, const ResultHeader& header) {
  const Group group = create_group(file, "provenance");
  for (const auto& [name, version] : header.versions) write_attribute(group.get(), name.c_str(), version);
  Axes axes(group.get());
  add_scenarios(axes, header.scenarios);
  const auto add = [&](const VariableDoc& doc,
                       const std::function<std::string(const ScenarioRecord&)>& text) {
    add_texts(axes, doc, {"scenario"}, texts_of(header.scenarios, text));
  };
  add({"resolved_scenario", "1", "the scenario as YAML, every default explicit"},
      [](const auto& s) { return s.resolved; });
  add({"scenario_title", "1", "title"}, [](const auto& s) { return s.title; });
  add({"scenario_description", "1", "description"}, [](const auto& s) { return s.description; });
  axes.close();
}

void write_inputs(hid_t file, const ResultHeader& header) {
  const Group group = create_group(file, "inputs");
  if (header.inputs.empty()) return;
  Axes axes(group.get());
  axes.add_bare("input", header.inputs.size());
  const auto add = [&](const VariableDoc& doc, const std::function<std::string(const InputText&)>& text) {
    add_texts(axes, doc, {"input"}, texts_of(header.inputs, text));
  };
  add({"path", "1", "input file, as the resolved scenario names it"},
      [](const auto& input) { return input.path; });
  add({"text", "1", "its content; empty where it is larger than 1 MB"},
      [](const auto& input) { return travels(input) ? *input.text : std::string(); });
  add({"sha256", "1", "SHA-256 of a file larger than 1 MB, which is not held here; else empty"},
      [](const auto& input) { return travels(input) ? std::string() : sha256(*input.text); });
  axes.close();
}

void write_parameters(hid_t file, const ResultHeader& header) {
  const Group group = create_group(file, "parameters");
  const ParameterTable table = gather_parameters(header.scenarios);
  if (table.rows.empty()) return;
  Axes axes(group.get());
  add_scenarios(axes, header.scenarios);
  axes.add_bare("parameter", table.rows.size());
  add_parameter_texts(axes, table.rows);
  add_parameter_ranges(axes, table.rows);
  add_texts(axes,
            {"value", "1", "value in the scenario, in the parameter's unit; empty where it does not exist"},
            {"scenario", "parameter"}, table.values);
  axes.close();
}

void write_record(hid_t file, const ResultHeader& header) {
  if (header.record.empty()) return;
  const Group group = create_group(file, "record");
  Axes axes(group.get());
  axes.add_bare("figure", header.record.size());
  const auto texts = [&](const VariableDoc& doc, const std::function<std::string(const RecordRow&)>& text) {
    add_texts(axes, doc, {"figure"}, texts_of(header.record, text));
  };
  const auto reals = [&](const VariableDoc& doc, double RecordRow::*member) {
    std::vector<double> values;
    for (const RecordRow& row : header.record) values.push_back(row.*member);
    write_reals(axes.create_reals(doc, {"figure"}), values);
  };
  texts({"name", "1", "output that the figure is compared with; several are added up"},
        [](const auto& row) { return row.name; });
  reals({"value", "1", "the figure, in its unit"}, &RecordRow::value);
  reals({"low", "1", "least value that the wording allows; missing: no bound"}, &RecordRow::low);
  reals({"high", "1", "greatest value that the wording allows; missing: no bound"}, &RecordRow::high);
  texts({"unit", "1", "unit of the figure"}, [](const auto& row) { return row.unit; });
  texts({"source", "1", "where it stands"}, [](const auto& row) { return row.source; });
  texts({"doc", "1", "what it counts"}, [](const auto& row) { return row.doc; });
  axes.close();
}

}  // namespace ketsim::hdf5
