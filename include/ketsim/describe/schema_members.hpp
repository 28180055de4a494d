// How each type of member is read and written; included by schema.hpp only.
#pragma once

namespace ketsim {

template <class S>
template <class T, class Read, class Write>
Schema<S>& Schema<S>::add(T S::*member, ValueType type, Declaration declaration, Read reader, Write writer) {
  Field field;
  field.type = type;
  field.declaration = declaration;
  field.read = [member, reader, declaration](const Node& node, void* object, const std::string& path,
                                             Diagnostics& problems) {
    reader(node, declaration, path, problems, static_cast<S*>(object)->*member);
  };
  field.write = [member, writer](const void* object) {
    return writer(static_cast<const S*>(object)->*member);
  };
  fields_.push_back(std::move(field));
  return *this;
}

template <class S>
Schema<S>& Schema<S>::real(double S::*member, Declaration declaration) {
  return add(member, ValueType::real, std::move(declaration), detail::read_real,
             [](double value) { return Node::scalar(real_text(value)); });
}

template <class S>
Schema<S>& Schema<S>::integer(std::int64_t S::*member, Declaration declaration) {
  return add(member, ValueType::integer, std::move(declaration), detail::read_integer,
             [](std::int64_t value) { return Node::scalar(std::to_string(value)); });
}

template <class S>
Schema<S>& Schema<S>::boolean(bool S::*member, Declaration declaration) {
  return add(
      member, ValueType::boolean, std::move(declaration),
      [](const Node& node, const Declaration&, const std::string& path, Diagnostics& problems, bool& out) {
        detail::read_boolean(node, path, problems, out);
      },
      [](bool value) { return Node::scalar(value ? "true" : "false"); });
}

template <class S>
Schema<S>& Schema<S>::text(std::string S::*member, Declaration declaration, bool required) {
  add(
      member, ValueType::text, std::move(declaration),
      [](const Node& node, const Declaration&, const std::string& path, Diagnostics& problems,
         std::string& out) { detail::read_text(node, path, problems, out); },
      [](const std::string& value) { return Node::scalar(value, {}, true); });
  fields_.back().required = required;
  return *this;
}

template <class S>
Schema<S>& Schema<S>::texts(std::vector<std::string> S::*member, Declaration declaration) {
  return add(
      member, ValueType::texts, std::move(declaration),
      [](const Node& node, const Declaration&, const std::string& path, Diagnostics& problems,
         std::vector<std::string>& out) {
        if (!detail::expect_kind(node, Node::Kind::sequence, path, problems)) return;
        out.clear();
        for (const Node& item : node.items()) {
          std::string text;
          if (detail::read_text(item, path, problems, text)) out.push_back(text);
        }
      },
      [](const std::vector<std::string>& value) {
        Node list = Node::sequence();
        for (const std::string& text : value) list.append(Node::scalar(text, {}, true));
        return list;
      });
}

template <class S>
Schema<S>& Schema<S>::month(Month S::*member, Declaration declaration) {
  return add(
      member, ValueType::month, std::move(declaration),
      [](const Node& node, const Declaration&, const std::string& path, Diagnostics& problems, Month& out) {
        detail::read_month(node, path, problems, out);
      },
      [](Month value) { return Node::scalar(value.text()); });
}

template <class S>
Schema<S>& Schema<S>::months(std::vector<Month> S::*member, Declaration declaration) {
  return add(
      member, ValueType::months, std::move(declaration),
      [](const Node& node, const Declaration&, const std::string& path, Diagnostics& problems,
         std::vector<Month>& out) {
        if (!detail::expect_kind(node, Node::Kind::sequence, path, problems)) return;
        out.clear();
        for (const Node& item : node.items()) {
          Month month;
          if (detail::read_month(item, path, problems, month)) out.push_back(month);
        }
      },
      [](const std::vector<Month>& value) {
        Node list = Node::sequence();
        for (const Month& month : value) list.append(Node::scalar(month.text()));
        return list;
      });
}

template <class S>
Schema<S>& Schema<S>::reals(std::map<std::string, double> S::*member, Declaration declaration) {
  return add(member, ValueType::reals, std::move(declaration), detail::read_reals,
             [](const std::map<std::string, double>& values) {
               Node map = Node::mapping();
               for (const auto& [key, value] : values) map.set(key, Node::scalar(real_text(value)));
               return map;
             });
}

template <class S>
template <class Enum>
// NOLINTNEXTLINE(performance-unnecessary-value-param): it is moved from at the end, which the check overlooks
Schema<S>& Schema<S>::choice(Enum S::*member, std::vector<std::string> names, Declaration declaration) {
  add(
      member, ValueType::choice, std::move(declaration),
      [names](const Node& node, const Declaration&, const std::string& path, Diagnostics& problems,
              Enum& out) {
        std::size_t index = 0;
        if (detail::read_choice(node, names, path, problems, index)) out = static_cast<Enum>(index);
      },
      [names](Enum value) { return Node::scalar(names[static_cast<std::size_t>(value)]); });
  fields_.back().choices = std::move(names);
  return *this;
}

template <class S>
template <class T>
Schema<S>& Schema<S>::section(T S::*member, const Schema<T>& inner) {
  Declaration declaration{
      .name = inner.name(), .unit = "", .doc = inner.summary(), .source = "", .grade = Grade::setting};
  add(
      member, ValueType::section, declaration,
      [&inner](const Node& node, const Declaration&, const std::string& path, Diagnostics& problems, T& out) {
        inner.read(node, &out, path, problems);
      },
      [&inner](const T& value) { return inner.write(&value); });
  fields_.back().inner = &inner;
  fields_.back().children = [member, &inner](const void* object) {
    const void* value = &(static_cast<const S*>(object)->*member);
    return std::vector<std::pair<std::string, std::pair<const AnySchema*, const void*>>>{
        {"", {&inner, value}}};
  };
  return *this;
}

template <class S>
template <class T>
Schema<S>& Schema<S>::named(std::vector<Named<T>> S::*member, const Schema<T>& inner,
                            Declaration declaration) {
  add(
      member, ValueType::named, std::move(declaration),
      [&inner](const Node& node, const Declaration&, const std::string& path, Diagnostics& problems,
               std::vector<Named<T>>& out) {
        if (!detail::expect_kind(node, Node::Kind::mapping, path, problems)) return;
        for (const Node::Entry& entry : node.entries()) {
          Named<T> item{entry.key, T{}};
          inner.read(entry.value, &item.value, detail::join(path, entry.key, true), problems);
          out.push_back(std::move(item));
        }
      },
      [&inner](const std::vector<Named<T>>& value) {
        Node map = Node::mapping();
        for (const Named<T>& item : value) map.set(item.name, inner.write(&item.value));
        return map;
      });
  fields_.back().inner = &inner;
  fields_.back().children = [member, &inner](const void* object) {
    std::vector<std::pair<std::string, std::pair<const AnySchema*, const void*>>> result;
    for (const Named<T>& item : static_cast<const S*>(object)->*member)
      result.push_back({item.name, {&inner, &item.value}});
    return result;
  };
  return *this;
}

template <class S>
Schema<S>& Schema<S>::plugin(Parameters S::*member, std::function<const AnySchema*(const S&)> schema_of,
                             Declaration declaration) {
  Field field;
  field.type = ValueType::plugin;
  field.declaration = std::move(declaration);
  field.read = [member, schema_of](const Node& node, void* object, const std::string& path,
                                   Diagnostics& problems) {
    S& structure = *static_cast<S*>(object);
    const AnySchema* schema = schema_of(structure);
    if (schema == nullptr) return;  // the unknown plug-in's name was reported where it stands
    structure.*member = Parameters(*schema);
    schema->read(node, (structure.*member).data(), path, problems);
  };
  field.write = [member](const void* object) {
    const Parameters& parameters = static_cast<const S*>(object)->*member;
    return parameters.schema() == nullptr ? Node::mapping() : parameters.schema()->write(parameters.data());
  };
  field.children = [member](const void* object) {
    std::vector<std::pair<std::string, std::pair<const AnySchema*, const void*>>> result;
    const Parameters& parameters = static_cast<const S*>(object)->*member;
    if (parameters.schema() != nullptr) result.push_back({"", {parameters.schema(), parameters.data()}});
    return result;
  };
  fields_.push_back(std::move(field));
  return *this;
}

template <class S>
Schema<S>& Schema<S>::plugins(std::vector<Named<Parameters>> S::*member,
                              const std::function<std::vector<const AnySchema*>()>& list,
                              Declaration declaration) {
  add(
      member, ValueType::plugin, std::move(declaration),
      [list](const Node& node, const Declaration&, const std::string& path, Diagnostics& problems,
             std::vector<Named<Parameters>>& out) {
        std::vector<std::string> names;
        out.clear();
        for (const AnySchema* schema : list()) {
          names.push_back(schema->name());
          out.push_back({schema->name(), Parameters(*schema)});
          const Node* value = node.is_mapping() ? node.find(schema->name()) : nullptr;
          if (value != nullptr)
            schema->read(*value, out.back().value.data(), detail::join(path, schema->name(), true), problems);
        }
        if (node.is_null() || !detail::expect_kind(node, Node::Kind::mapping, path, problems)) return;
        for (const Node::Entry& entry : node.entries()) {
          if (std::find(names.begin(), names.end(), entry.key) == names.end()) {
            problems.add(entry.key_where,
                         detail::join(path, entry.key, true) + " is not known" + name_hint(entry.key, names));
          }
        }
      },
      [](const std::vector<Named<Parameters>>& value) {
        Node map = Node::mapping();
        for (const Named<Parameters>& item : value)
          map.set(item.name, item.value.schema()->write(item.value.data()));
        return map;
      });
  fields_.back().children = [member](const void* object) {
    std::vector<std::pair<std::string, std::pair<const AnySchema*, const void*>>> result;
    for (const Named<Parameters>& item : static_cast<const S*>(object)->*member) {
      result.push_back({item.name, {item.value.schema(), item.value.data()}});
    }
    return result;
  };
  return *this;
}

}  // namespace ketsim
