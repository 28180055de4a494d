// The reference of parameters: every one that a scenario can hold, also of plug-ins and of named structures.
#include "reference_parameters.hpp"

#include <fmt/format.h>

#include "ketsim/scenario/catalogue.hpp"
#include "ketsim/scenario/scenario.hpp"
#include "ketsim/scenario/sweep.hpp"
#include "reference.hpp"

namespace ketsim {
namespace {

std::string range_text(Range range) {
  const bool has_low = range.low > -1e300;
  const bool has_high = range.high < 1e300;
  if (has_low && has_high) return real_text(range.low) + " to " + real_text(range.high);
  if (has_low) return "at least " + real_text(range.low);
  return has_high ? "at most " + real_text(range.high) : "";
}

std::string value_text(const Node& value) {
  if (value.is_scalar()) return value.text() == Month{}.text() ? "" : value.text();
  std::string text;
  for (const Node& item : value.items()) text += (text.empty() ? "" : ", ") + value_text(item);
  for (const Node::Entry& entry : value.entries())
    text += (text.empty() ? "" : ", ") + entry.key + ": " + value_text(entry.value);
  return text;
}

//! Walks the schemas of an input file and writes down every parameter.
class Walker {
 public:
  //! `plug_ins`: of which the input names one.
  Walker(ReferencePage& page, const Catalogue& plug_ins) : page_(page), plug_ins_(plug_ins) {}

  //! `label` begins the names of the entries; for parameters of instruments it is not their path.
  void walk(const AnySchema& schema, const std::string& path, const std::string& label) {
    const std::shared_ptr<void> defaults = schema.make_default();
    const std::size_t group = page_.groups.size();
    page_.groups.emplace_back(label.empty() ? schema.name() : label, schema.summary());
    for (const Field& field : schema.fields()) {
      if (!field.children) add(field, defaults.get(), group, path, label);
    }
    for (const Field& field : schema.fields()) {
      if (field.children) descend(field, defaults.get(), detail::join(path, field.declaration.name, false));
    }
  }

 private:
  void add(const Field& field, const void* defaults, std::size_t group, const std::string& path,
           const std::string& label) {
    ReferenceEntry entry;
    entry.group = group;
    entry.name = detail::join(label, field.declaration.name, false);
    entry.path = detail::join(path, field.declaration.name, false);
    entry.summary = field.declaration.doc;
    if (entry.path != entry.name) entry.facts.emplace_back("path", entry.path);
    for (auto& fact : facts_of(field, defaults)) entry.facts.push_back(std::move(fact));
    page_.entries.push_back(std::move(entry));
  }

  void descend(const Field& field, void* defaults, const std::string& path) {
    if (field.type == ValueType::section) return walk(*field.inner, path, path);
    if (field.type == ValueType::named) return walk(*field.inner, path + "[NAME]", path + "[NAME]");
    Diagnostics none;
    field.read(Node(), defaults, path, none);  // all plug-ins, or none where one is to be named
    const auto children = field.children(defaults);
    for (const auto& [name, child] : children) {
      const std::string inside = detail::join(path, name, true);
      walk(*child.first, inside, inside);
    }
    if (!children.empty()) return;
    for (const AnySchema* plug_in : plug_ins_.schemas()) walk(*plug_in, path, plug_in->name());
  }

  ReferencePage& page_;
  const Catalogue& plug_ins_;
};

}  // namespace

std::vector<std::pair<std::string, std::string>> facts_of(const Field& field, const void* defaults) {
  std::vector<std::pair<std::string, std::string>> facts;
  const auto add = [&facts](const char* name, const std::string& value) {
    if (!value.empty()) facts.emplace_back(name, value);
  };
  const Declaration& declaration = field.declaration;
  add("type", name(field.type) + (field.required ? ", required" : ""));
  add("unit", declaration.unit == "month" && field.type == ValueType::month ? "" : declaration.unit);
  add("choices", fmt::format("{}", fmt::join(field.choices, ", ")));
  add("default", value_text(field.write(defaults)));
  add("range", range_text(declaration.range));
  add("plausible", range_text(declaration.plausible));
  add("source", declaration.source);
  add("grade", fmt::format("{} ({})", letter(declaration.grade), name(declaration.grade)));
  return facts;
}

ReferencePage parameter_reference() {
  ReferencePage page;
  page.title = "Parameters of ketsim";
  page.what = "parameter";
  page.introduction =
      "Every parameter of a scenario with its default; a scenario says only what differs. NAME stands for a "
      "name of "
      "your choice, as in `programmes[rocket].budget`. Parameters of an instrument stand under `params` of "
      "each policy "
      "that uses it, and are listed as `instrument.parameter`. A range is what ketsim accepts, the plausible "
      "range what "
      "sensitivity studies vary. Grades: M measured, D derived from measurements, E estimate, A assumption, "
      "F fitted, "
      "S setting of the user.";
  page.columns = {"unit", "default", "range", "plausible", "source", "grade"};
  Walker(page, instrument_catalogue()).walk(scenario_schema(), "", "");
  return page;
}

ReferencePage sweep_reference() {
  ReferencePage page;
  page.title = "Sweep files of ketsim";
  page.what = "key of a sweep file";
  page.introduction =
      "What a sweep file holds, which `ketsim sweep plan` reads. NAME stands for a name of your choice, "
      "under which the "
      "values of a factor stand in the collected file. Parameters of a design stand under `design.params`, "
      "and are listed "
      "as `design.parameter`.";
  page.columns = {"type", "unit", "default", "range"};
  Walker(page, design_catalogue()).walk(sweep_schema(), "", "");
  return page;
}

}  // namespace ketsim
