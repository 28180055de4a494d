#include "ketsim/engine/outside_talk.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "ketsim/engine/cooperation.hpp"

namespace ketsim {
namespace {

// Bit i: adviser[i] is one, not 255. Eight firms at a time: the top bit of each byte tells, and one
// multiplication gathers them.
std::uint64_t bits_of_clients(const std::uint8_t* adviser, std::size_t firms) {
  static_assert(std::endian::native == std::endian::little, "the first firm stands in the lowest byte");
  constexpr std::uint64_t low_bits = 0x7f7f7f7f7f7f7f7fULL;
  std::uint64_t bits = 0;
  for (std::size_t first = 0; first < firms; first += 8) {
    std::uint64_t eight = ~std::uint64_t{0};
    std::memcpy(&eight, adviser + first, std::min<std::size_t>(8, firms - first));
    const std::uint64_t clients = ~eight;
    const std::uint64_t tops = (((clients & low_bits) + low_bits) | clients) & ~low_bits;
    bits |= (tops >> 7) * 0x0102040810204080ULL >> 56 << first;
  }
  return bits;
}

}  // namespace

// A bit a firm: three of ten talk to others, and walking the bits spares asking every firm for each KET.
void OutsideTalk::note(const World& world) {
  has_contact_.resize(world.firms.count() / 64 + 1, 0);
  const std::vector<Contact>& contacts = world.contacts.all();
  for (; noted_ < contacts.size(); ++noted_) {  // contacts are only ever added
    for (const Actor end : {contacts[noted_].a, contacts[noted_].b}) {
      if (end.kind == ActorKind::firm) has_contact_[end.row / 64] |= 1ULL << end.row % 64;
    }
  }
}

void OutsideTalk::find(const World& world, std::size_t first, std::size_t rows, Talkers& talkers) const {
  talkers.firms.clear();
  talkers.contacts.clear();
  const std::uint8_t* adviser = world.firms.client_of.data();
  for (std::size_t word = first / 64; word < (first + rows + 63) / 64; ++word) {
    const std::size_t firms = std::min<std::size_t>(64, first + rows - word * 64);
    std::uint64_t left = bits_of_clients(adviser + word * 64, firms) | has_contact_[word];
    for (; left != 0; left &= left - 1) {
      const auto bit = static_cast<unsigned>(std::countr_zero(left));
      const FirmId firm(word * 64 + bit);
      const bool can_hear_more = world.firms.kets_known[firm] < world.ket_count();
      if (world.firms.alive[firm] != 0 && can_hear_more)
        add_talker(world, firm, (has_contact_[word] >> bit & 1U) != 0, talkers);
    }
  }
}

void OutsideTalk::add_talker(const World& world, FirmId firm, bool has_contact, Talkers& talkers) const {
  const auto before = static_cast<std::uint32_t>(talkers.contacts.size());
  const float per_strength = world.peers.inverse_strength(firm);
  float all = per_strength > 0.0F ? 1.0F / per_strength : 0.0F;
  if (has_contact) {
    for (const std::uint32_t row : world.contacts.of(actor(firm))) {
      const Contact& contact = world.contacts.row(row);
      const float strength = strength_of(world, firm, contact);
      if (strength <= 0.0F) continue;
      talkers.contacts.push_back({other_end(contact, actor(firm)), strength});
      all += strength;
    }
  }
  const std::uint32_t adviser = world.firms.client_of[firm];
  float advice = 0.0F;
  if (adviser < world.intermediaries.count()) {
    const double openness = border_openness(world, firm, actor(IntermediaryId(adviser)));
    advice = static_cast<float>(advice_strength_ * 255.0 * openness);
    all += advice;
  }
  talkers.firms.push_back({firm.row, adviser, all > 0.0F ? 1.0F / all : 0.0F, advice, before,
                           static_cast<std::uint32_t>(talkers.contacts.size())});
}

// Strength of talk over a contact; those who have left do not talk [1/255].
float OutsideTalk::strength_of(const World& world, FirmId firm, const Contact& contact) const {
  const Actor other = other_end(contact, actor(firm));
  if (contact.strength <= 0.0F || (other.kind == ActorKind::firm && !world.firms.alive[other.firm()]))
    return 0.0F;
  return static_cast<float>(contact_weight_ * 255.0 * contact.strength * border_openness(world, firm, other));
}

OutsideTalk::Heard OutsideTalk::hear(const World& world, const Talkers& talkers, const Talkers::Firm& talker,
                                     KetId ket) {
  const FirmId firm(talker.row);
  Heard heard{static_cast<float>(world.firms.informed_exposure(firm, ket)),
              static_cast<float>(world.firms.adopting_exposure(firm, ket))};
  if (talker.advice > 0.0F && world.intermediaries.advises(IntermediaryId(talker.adviser), ket))
    heard.informed += talker.advice;
  for (std::uint32_t c = talker.first; c < talker.last; ++c) {
    const auto& [other, strength] = talkers.contacts[c];
    if (other.kind == ActorKind::firm) {
      const Stage stage = world.firms.stage(other.firm(), ket);
      heard.informed += knows(stage) ? strength : 0.0F;
      heard.adopting += uses(stage) ? strength : 0.0F;
    } else if (other.kind == ActorKind::research &&
               world.research.line(other.research(), ket) == LineStage::running) {
      heard.informed += strength;
    }
  }
  return heard;
}

}  // namespace ketsim
