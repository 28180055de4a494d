// Schemas of ketsim's structures as JSON Schema, draft 2020-12: editors complete and check scenario files
// with it.
//
// It describes files, not resolved scenarios: a file may extend another one, and then leave out anything and
// remove what the other says with `null`. Therefore null is allowed everywhere, and what a scenario needs is
// asked for only of files that extend none.
#include "ketsim/describe/json_schema.hpp"

#include <fmt/format.h>

namespace ketsim {
namespace {

Node text(std::string value) {
  return Node::scalar(std::move(value), {}, true);
}
Node literal(std::string value) {
  return Node::scalar(std::move(value));
}  // a number or true, false, null

Node list(const std::vector<std::string>& texts) {
  Node node = Node::sequence();
  for (const std::string& item : texts) node.append(text(item));
  return node;
}

Node object(const std::vector<std::pair<std::string, Node>>& members) {
  Node node = Node::mapping();
  for (const auto& [key, value] : members) node.set(key, value);
  return node;
}

std::string quoted(std::string_view value) {
  std::string result = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      result += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      result += c;
    }
  }
  return result + '"';
}

void write_json(const Node& node, const std::string& indent, std::string& out) {
  const std::string inner = indent + "  ";
  const char* separator = "\n";
  if (node.is_scalar()) {
    out += node.is_quoted() ? quoted(node.text()) : node.text();
  } else if (node.is_sequence()) {
    out += '[';
    for (const Node& item : node.items()) {
      if (&item != &node.items().front()) out += ", ";
      write_json(item, inner, out);
    }
    out += ']';
  } else {
    out += '{';
    for (const Node::Entry& entry : node.entries()) {
      out += separator + inner + quoted(entry.key) + ": ";
      write_json(entry.value, inner, out);
      separator = ",\n";
    }
    out += node.entries().empty() ? "}" : '\n' + indent + '}';
  }
}

//! Turns declarations into JSON Schema.
class Writer {
 public:
  explicit Writer(const PluginChoice& plugins) : plugins_(plugins) {}

  Node structure(const AnySchema& schema) const {
    Node properties = Node::mapping();
    const std::shared_ptr<void> defaults = schema.make_default();
    bool chooses = false;
    for (const Field& field : schema.fields()) {
      properties.set(field.declaration.name, property(field, defaults.get()));
      chooses |= field.type == ValueType::plugin && field.declaration.name == plugins_.field;
    }
    Node result = object({{"type", list({"object", "null"})},
                          {"description", text(schema.summary())},
                          {"properties", properties},
                          {"additionalProperties", literal("false")}});
    if (chooses && !plugins_.schemas.empty()) result.set("allOf", conditions());
    return result;
  }

  //! Members without a default, also those of sections inside, as a schema of their own.
  static Node requirements(const AnySchema& schema) {
    Node required = Node::sequence();
    Node properties = Node::mapping();
    for (const Field& field : schema.fields()) {
      const bool is_section = field.type == ValueType::section;
      const Node inner = is_section ? requirements(*field.inner) : Node();
      if (is_section && !inner.is_null()) properties.set(field.declaration.name, inner);
      if (field.required || (is_section && !inner.is_null())) required.append(text(field.declaration.name));
    }
    if (required.items().empty()) return {};
    return object({{"type", text("object")}, {"required", required}, {"properties", properties}});
  }

 private:
  Node property(const Field& field, void* defaults) const {
    Node node = value_of(field, defaults);
    if (!field.declaration.doc.empty()) node.set("description", text(description_of(field.declaration)));
    set_default(node, field, defaults);
    return node;
  }

  Node value_of(const Field& field, void* defaults) const {
    switch (field.type) {
      case ValueType::real:
        return number("number", field.declaration.range);
      case ValueType::integer:
        return number("integer", field.declaration.range);
      case ValueType::boolean:
        return object({{"type", list({"boolean", "null"})}});
      case ValueType::text:
        return field.declaration.name == plugins_.named_by ? plugin_names() : any_text();
      case ValueType::choice:
        return enumeration(field.choices);
      case ValueType::month:
        return month();
      case ValueType::months:
        return object({{"type", list({"array", "null"})}, {"items", month()}});
      case ValueType::texts:
        return object({{"type", list({"array", "null"})}, {"items", any_text()}});
      case ValueType::reals:
        return named(number("number", field.declaration.range));
      case ValueType::section:
        return structure(*field.inner);
      case ValueType::named:
        return named(structure(*field.inner));
      case ValueType::plugin:
        return plugin_sections(field, defaults);
    }
    return {};
  }

  static Node number(const char* type, Range range) {
    Node node = object({{"type", list({type, "null"})}});
    if (range.low > -1e300) node.set("minimum", literal(real_text(range.low)));
    if (range.high < 1e300) node.set("maximum", literal(real_text(range.high)));
    return node;
  }

  //! ketsim takes every single value for a text where it expects one, also `NO` and 5.
  static Node any_text() { return object({{"type", list({"string", "number", "boolean", "null"})}}); }

  static Node enumeration(const std::vector<std::string>& names) {
    Node values = list(names);
    values.append(literal("null"));
    return object({{"enum", values}});
  }

  //! As parse_month(): of the years 1678 to 2261.
  static Node month() {
    constexpr const char* pattern =
        "^(167[89]|16[89][0-9]|1[7-9][0-9]{2}|2[01][0-9]{2}|22[0-5][0-9]|226[01])-(0[1-9]|1[0-2])$";
    return object({{"type", list({"string", "null"})}, {"pattern", text(pattern)}});
  }

  static Node named(Node value) {
    return object({{"type", list({"object", "null"})}, {"additionalProperties", std::move(value)}});
  }

  Node plugin_names() const {
    std::vector<std::string> names;
    for (const AnySchema* schema : plugins_.schemas) names.push_back(schema->name());
    return enumeration(names);
  }

  //! Of plug-ins that are all there, one section each; of one among several, conditions() says more.
  Node plugin_sections(const Field& field, void* defaults) const {
    Diagnostics none;
    field.read(Node(), defaults, "", none);
    const auto children = field.children(defaults);
    Node node = object({{"type", list({"object", "null"})}});
    if (children.empty()) return node;
    Node properties = Node::mapping();
    for (const auto& [name, child] : children) properties.set(name, structure(*child.first));
    node.set("properties", properties);
    node.set("additionalProperties", literal("false"));
    return node;
  }

  Node conditions() const {
    Node all = Node::sequence();
    for (const AnySchema* schema : plugins_.schemas) {
      const Node is_named =
          object({{"properties", object({{plugins_.named_by, object({{"const", text(schema->name())}})}})},
                  {"required", list({plugins_.named_by})}});
      const Node parameters = object({{"properties", object({{plugins_.field, structure(*schema)}})}});
      all.append(object({{"if", is_named}, {"then", parameters}}));
    }
    return all;
  }

  static std::string description_of(const Declaration& declaration) {
    const bool has_unit = !declaration.unit.empty() && declaration.unit != "1";
    return declaration.doc + (has_unit ? " [" + declaration.unit + "]" : "");
  }

  static void set_default(Node& node, const Field& field, const void* defaults) {
    if (field.required || field.children) return;
    const Node value = field.write(defaults);
    const bool is_unset_month = field.type == ValueType::month && value.text() == Month{}.text();
    const bool is_empty =
        value.is_scalar() ? value.text().empty() : value.items().empty() && value.entries().empty();
    if (is_empty || is_unset_month) return;
    const bool is_text = field.type == ValueType::choice || field.type == ValueType::month;
    node.set("default", is_text ? text(value.text()) : value);
  }

  const PluginChoice& plugins_;
};

}  // namespace

std::string json_schema(const AnySchema& schema, const std::string& title, const PluginChoice& plugins) {
  const Node structure = Writer(plugins).structure(schema);
  Node root =
      object({{"$schema", text("https://json-schema.org/draft/2020-12/schema")}, {"title", text(title)}});
  for (const Node::Entry& entry : structure.entries()) root.set(entry.key, entry.value);
  root.set("type", text("object"));
  Node properties =
      object({{"extends",
               object({{"type", text("string")},
                       {"description", text("file that this one is laid over, relative to this one")}})}});
  for (const Node::Entry& entry : structure.find("properties")->entries())
    properties.set(entry.key, entry.value);
  root.set("properties", properties);
  if (const Node requirements = Writer::requirements(schema); !requirements.is_null()) {
    Node either = Node::sequence();
    either.append(object({{"required", list({"extends"})}}));
    either.append(requirements);
    root.set("anyOf", either);
  }
  std::string out;
  write_json(root, "", out);
  return out + '\n';
}

std::string json_schema(const AnySchema& schema, const std::string& title) {
  return json_schema(schema, title, PluginChoice{});
}

}  // namespace ketsim
