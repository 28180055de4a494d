#include "ketsim/model/ties.hpp"

#include <utility>

#include "ketsim/base/byte_stream.hpp"
#include "ketsim/base/contracts.hpp"

namespace ketsim {

const std::vector<std::string>& cooperation_step_names() {
  static const std::vector<std::string> names{"initiate", "select", "set_up", "carry_out"};
  return names;
}

const Contact* Contacts::find(Actor a, Actor b) const {
  // Search from the end that is no hub: institutes and intermediaries know hundreds of firms.
  const Actor from = a.kind == ActorKind::firm ? a : b;
  const Actor to = from == a ? b : a;
  for (const std::uint32_t r : of(from)) {
    if (other_end(rows_[r], from) == to) return &rows_[r];
  }
  return nullptr;
}

Contact& Contacts::between(Actor a, Actor b) {
  expect(a != b, "a contact is between two actors");
  if (const Contact* present = find(a, b)) return rows_[static_cast<std::size_t>(present - rows_.data())];
  if (b.code() < a.code()) std::swap(a, b);
  const auto r = static_cast<std::uint32_t>(rows_.size());
  Contact contact;
  contact.a = a;
  contact.b = b;
  rows_.push_back(contact);
  next_.emplace_back();
  append(a, r);
  append(b, r);
  return rows_.back();
}

void Contacts::index() {
  next_.assign(rows_.size(), {});
  latest_ = no_latest();
  for (std::uint32_t r = 0; r < rows_.size(); ++r) {
    for (const Actor end : {rows_[r].a, rows_[r].b}) {
      if (static_cast<std::size_t>(end.kind) >= latest_.size() || end.row == none)
        throw DamagedBytes("a contact is with no actor");
      append(end, r);
    }
  }
}

void Contacts::append(Actor self, std::uint32_t r) {
  std::uint32_t& last = latest_[static_cast<std::size_t>(self.kind)].edit(EndId(self.row));
  if (last == none) {
    next(r, self) = r;
  } else {
    next(r, self) = next(last, self);
    next(last, self) = r;
  }
  last = r;
}

}  // namespace ketsim
