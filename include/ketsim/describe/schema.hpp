// A schema lists the declarations of a structure's members and reads, writes and documents it through them.
//
//   static const Schema<JuryParameters> schema =
//       Schema<JuryParameters>("jury", "How proposals are scored")
//           .real(&JuryParameters::reliability,
//                 {.name = "reliability", .unit = "1", .range = {0, 1}, .doc = "..."});
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "ketsim/base/diagnostics.hpp"
#include "ketsim/base/month.hpp"
#include "ketsim/describe/declaration.hpp"
#include "ketsim/describe/document.hpp"

namespace ketsim {

class AnySchema;

//! Parameters whose structure a plug-in declares: the schema and the values behind it.
class Parameters {
 public:
  Parameters() = default;
  explicit Parameters(const AnySchema& schema);
  [[nodiscard]] const AnySchema* schema() const { return schema_; }
  [[nodiscard]] const void* data() const { return values_.get(); }
  [[nodiscard]] void* data() { return values_.get(); }
  //! The typed structure; the plug-in that declared it is the only one to ask.
  template <class T>
  [[nodiscard]] const T& as() const {
    return *static_cast<const T*>(values_.get());
  }

 private:
  const AnySchema* schema_ = nullptr;
  std::shared_ptr<void> values_;
};

//! A member that holds a structure under a name of the user's choice, in the order of the input.
template <class T>
struct Named {
  std::string name;
  T value;
};

//! Text forms of the scalars, exact both ways: reading what was written gives the same bits.
[[nodiscard]] std::string real_text(double value);

//! One member of a structure, behind its type.
struct Field {
  Declaration declaration;
  ValueType type = ValueType::real;
  std::vector<std::string> choices;  //!< of a choice
  const AnySchema* inner = nullptr;  //!< of a section or of named structures
  bool required = false;             //!< no sensible default: its absence is an error
  std::function<void(const Node&, void*, const std::string& path, Diagnostics&)> read;
  std::function<Node(const void*)> write;
  //! Structures inside this member with their paths, for listings.
  std::function<std::vector<std::pair<std::string, std::pair<const AnySchema*, const void*>>>(const void*)>
      children;
};

//! A schema without its type: what generic code works with.
class AnySchema {
 public:
  AnySchema(std::string name, std::string summary) : name_(std::move(name)), summary_(std::move(summary)) {}
  virtual ~AnySchema() = default;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& summary() const { return summary_; }
  [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }
  [[nodiscard]] virtual std::shared_ptr<void> make_default() const = 0;

  //! Reads a mapping into `object`; unknown keys, wrong types and values out of range become problems.
  void read(const Node& node, void* object, const std::string& path, Diagnostics& problems) const;
  //! Every member, defaults too, as a mapping that read() takes back to the same bits.
  [[nodiscard]] Node write(const void* object) const;
  //! Every scalar parameter below, with its path and value.
  [[nodiscard]] std::vector<ParameterRow> rows(const void* object, const std::string& prefix = {}) const;

 protected:
  std::vector<Field> fields_;

 private:
  std::string name_;
  std::string summary_;
};

//! JSON Schema (draft 2020-12) of a structure, for editors and validators; plug-ins must be given by `inner`
//! schemas.
[[nodiscard]] std::string json_schema(const AnySchema& schema, const std::string& title);

namespace detail {
// Readers of single values. Each reports at the value's place and leaves `out` as it was on a problem.
bool read_real(const Node&, const Declaration&, const std::string& path, Diagnostics&, double& out);
bool read_integer(const Node&, const Declaration&, const std::string& path, Diagnostics&, std::int64_t& out);
bool read_boolean(const Node&, const std::string& path, Diagnostics&, bool& out);
bool read_text(const Node&, const std::string& path, Diagnostics&, std::string& out);
bool read_choice(const Node&, const std::vector<std::string>&, const std::string& path, Diagnostics&,
                 std::size_t& out);
bool read_month(const Node&, const std::string& path, Diagnostics&, Month& out);
void read_reals(const Node&, const Declaration&, const std::string& path, Diagnostics&,
                std::map<std::string, double>&);
bool expect_kind(const Node&, Node::Kind, const std::string& path, Diagnostics&);
std::string join(const std::string& path, const std::string& key, bool bracket);
}  // namespace detail

//! The schema of structure `S`.
template <class S>
class Schema : public AnySchema {
 public:
  using AnySchema::AnySchema;

  [[nodiscard]] std::shared_ptr<void> make_default() const override { return std::make_shared<S>(); }

  Schema& real(double S::*member, Declaration declaration);
  Schema& integer(std::int64_t S::*member, Declaration declaration);
  Schema& boolean(bool S::*member, Declaration declaration);
  Schema& text(std::string S::*member, Declaration declaration, bool required = false);
  Schema& texts(std::vector<std::string> S::*member, Declaration declaration);
  Schema& month(Month S::*member, Declaration declaration);
  Schema& months(std::vector<Month> S::*member, Declaration declaration);
  //! Numbers by name, as `cost: {micro: 60000, small: 250000}`; which names are valid is checked later.
  Schema& reals(std::map<std::string, double> S::*member, Declaration declaration);
  template <class Enum>
  Schema& choice(Enum S::*member, std::vector<std::string> names, Declaration declaration);
  template <class T>
  Schema& section(T S::*member, const Schema<T>& inner);
  template <class T>
  Schema& named(std::vector<Named<T>> S::*member, const Schema<T>& inner, Declaration declaration);
  //! Parameters of the plug-in that `schema_of` names from the members read before.
  Schema& plugin(Parameters S::*member, std::function<const AnySchema*(const S&)> schema_of,
                 Declaration declaration);
  //! Parameters of every plug-in listed, each under its schema's name.
  Schema& plugins(std::vector<Named<Parameters>> S::*member,
                  const std::function<std::vector<const AnySchema*>()>& list, Declaration declaration);

 private:
  template <class T, class Read, class Write>
  Schema& add(T S::*member, ValueType type, Declaration declaration, Read read, Write write);
};

}  // namespace ketsim

#include "ketsim/describe/schema_members.hpp"
