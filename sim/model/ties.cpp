#include "ketsim/model/ties.hpp"

#include <utility>

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
  if (const Contact* present = find(a, b)) return rows_[static_cast<std::size_t>(present - rows_.data())];
  if (b.code() < a.code()) std::swap(a, b);
  const auto r = static_cast<std::uint32_t>(rows_.size());
  rows_of_[a.code()].push_back(r);
  rows_of_[b.code()].push_back(r);
  Contact contact;
  contact.a = a;
  contact.b = b;
  rows_.push_back(contact);
  return rows_.back();
}

std::span<const std::uint32_t> Contacts::of(Actor actor) const {
  const auto found = rows_of_.find(actor.code());
  if (found == rows_of_.end()) return {};
  return found->second;
}

}  // namespace ketsim
