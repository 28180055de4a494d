#include "ketsim/describe/schema.hpp"

#include <array>

namespace ketsim {

char letter(Grade grade) {
  return "MDEAFS"[static_cast<std::size_t>(grade)];
}

std::string name(Grade grade) {
  constexpr std::array names{"measured", "derived", "estimate", "assumption", "fitted", "setting"};
  return names[static_cast<std::size_t>(grade)];
}

std::string name(ValueType type) {
  constexpr std::array names{"real",          "integer", "boolean",        "text",
                             "choice",        "month",   "list of months", "list of texts",
                             "reals by name", "section", "named sections", "plug-in"};
  return names[static_cast<std::size_t>(type)];
}

Parameters::Parameters(const AnySchema& schema) : schema_(&schema), values_(schema.make_default()) {}

namespace {

std::vector<std::string> names_of(const std::vector<Field>& fields) {
  std::vector<std::string> names;
  for (const Field& field : fields) names.push_back(field.declaration.name);
  return names;
}

const Field* find_field(const std::vector<Field>& fields, const std::string& name) {
  for (const Field& field : fields) {
    if (field.declaration.name == name) return &field;
  }
  return nullptr;
}

std::string flat_text(const Node& node) {
  if (node.is_scalar()) return node.text();
  std::string result;
  for (const Node& item : node.items()) result += (result.empty() ? "" : ", ") + flat_text(item);
  return result;
}

ParameterRow row_of(const Field& field, const std::string& path, const Node& value,
                    const Node& default_value) {
  return {path, flat_text(value), flat_text(default_value), field.type, field.declaration, field.choices};
}

}  // namespace

void AnySchema::read(const Node& node, void* object, const std::string& path, Diagnostics& problems) const {
  if (!node.is_null() &&
      !detail::expect_kind(node, Node::Kind::mapping, path.empty() ? "the " + name_ : path, problems))
    return;
  for (const Node::Entry& entry : node.entries()) {
    if (find_field(fields_, entry.key) == nullptr) {
      problems.add(entry.key_where, detail::join(path, entry.key, false) + " is not known" +
                                        name_hint(entry.key, names_of(fields_)));
    }
  }
  // Fields are read in the order of their declaration, so that a plug-in's name is known before its
  // parameters.
  static const Node nothing;
  for (const Field& field : fields_) {
    const Node* value = node.is_mapping() ? node.find(field.declaration.name) : nullptr;
    const std::string field_path = detail::join(path, field.declaration.name, false);
    if (value != nullptr && !value->is_null()) {
      field.read(*value, object, field_path, problems);
    } else if (value != nullptr && field.type != ValueType::section && field.type != ValueType::named &&
               field.type != ValueType::plugin) {
      problems.add(value->where(), field_path + " has no value; give one or remove the line");
    } else if (field.required) {
      problems.add(node.where(), field_path + " is missing (" + field.declaration.doc + ")");
    } else if (field.type == ValueType::plugin) {
      field.read(nothing, object, field_path, problems);  // all defaults
    }
  }
}

Node AnySchema::write(const void* object) const {
  Node map = Node::mapping();
  for (const Field& field : fields_) map.set(field.declaration.name, field.write(object));
  return map;
}

std::vector<ParameterRow> AnySchema::rows(const void* object, const std::string& prefix) const {
  std::vector<ParameterRow> result;
  const std::shared_ptr<void> defaults = make_default();
  for (const Field& field : fields_) {
    const std::string path = detail::join(prefix, field.declaration.name, false);
    if (field.children) {
      for (const auto& [key, child] : field.children(object)) {
        const std::string child_path = key.empty() ? path : detail::join(path, key, true);
        for (ParameterRow& row : child.first->rows(child.second, child_path))
          result.push_back(std::move(row));
      }
    } else if (field.type == ValueType::reals) {
      const Node values = field.write(object);
      const Node default_values = field.write(defaults.get());
      for (const Node::Entry& entry : values.entries()) {
        const Node* default_value = default_values.find(entry.key);
        result.push_back(row_of(field, detail::join(path, entry.key, true), entry.value,
                                default_value ? *default_value : Node{}));
      }
    } else {
      result.push_back(row_of(field, path, field.write(object), field.write(defaults.get())));
    }
  }
  return result;
}

}  // namespace ketsim
