#include "ketsim/engine/outside_talk.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "ketsim/base/contracts.hpp"
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

// A table, not a branch: which stage somebody stands in is as good as chance to the processor.
constexpr std::array<std::uint8_t, stage_count> news_of_stage = [] {
  std::array<std::uint8_t, stage_count> news{};
  for (std::size_t s = 0; s < stage_count; ++s) {
    const auto stage = static_cast<Stage>(s);
    news[s] = static_cast<std::uint8_t>((knows(stage) ? 1U : 0U) | (uses(stage) ? 2U : 0U));
  }
  return news;
}();

// What a firm hears of each KET from another actor. Also of KETs that it knows: to ask which these are costs
// more than to tell of them in vain.
void note_news(const World& world, Actor other, std::uint8_t* news) {
  for (std::size_t k = 0; k < world.ket_count(); ++k) {
    const KetId ket(k);
    news[k] = 0;
    if (other.kind == ActorKind::firm)
      news[k] = news_of_stage[static_cast<std::size_t>(world.firms.stage(other.firm(), ket))];
    else if (other.kind == ActorKind::research)
      news[k] = world.research.line(other.research(), ket) == LineStage::running ? 1 : 0;
  }
}

//! The firms at hand that listen, with the summed strength of all that each hears.
class Listeners {
 public:
  Listeners(const World& world, std::size_t first, Voices& voices)
      : world_(world), first_(first), voices_(voices) {
    place_of_.fill(none);
  }

  //! Its place among the listeners.
  std::uint32_t place_of(FirmId firm) {
    std::uint16_t& place = place_of_[firm.index() - first_];
    if (place == none) {
      place = static_cast<std::uint16_t>(voices_.listeners.size());
      const float with_peers = world_.peers.inverse_strength(firm);
      strength_[place] = with_peers > 0.0F ? 1.0F / with_peers : 0.0F;
      voices_.listeners.push_back({static_cast<std::uint32_t>(firm.index() - first_)});
    }
    return place;
  }
  void add(std::uint32_t place, float strength) { strength_[place] += strength; }
  //! Once all talk is added.
  void note_strengths() {
    for (std::size_t l = 0; l < voices_.listeners.size(); ++l)
      voices_.listeners[l].per_strength = strength_[l] > 0.0F ? 1.0F / strength_[l] : 0.0F;
  }

 private:
  static constexpr std::uint16_t none = 0xffff;

  const World& world_;
  std::size_t first_;
  Voices& voices_;
  std::array<std::uint16_t, rows_at_once> place_of_{};  //!< by row
  std::array<float, rows_at_once> strength_{};          //!< by listener [1/255]
};

}  // namespace

// Ends of contacts are kept where their firms are worked on: found firm by firm, they were half of the time
// that awareness takes in ROCKET.
void OutsideTalk::note(const World& world) {
  ends_.resize(world.firms.count() / rows_at_once + 1);
  const std::vector<Contact>& contacts = world.contacts.all();
  for (; noted_ < contacts.size(); ++noted_) {  // contacts are only ever added
    const Contact& contact = contacts[noted_];
    for (const Actor end : {contact.a, contact.b}) {
      const Actor other = other_end(contact, end);
      if (end.kind == ActorKind::firm)
        ends_[end.row / rows_at_once].push_back(
            {static_cast<std::uint32_t>(noted_), end.firm(), other, world.crosses_border(end, other)});
    }
  }
}

void OutsideTalk::find(const World& world, std::size_t first, std::size_t rows, Voices& voices) {
  expect(first % rows_at_once == 0 && rows <= rows_at_once, "firms whose contacts stand together");
  voices.listeners.clear();
  voices.advisers.clear();
  voices.contacts.clear();
  const auto can_hear_more = [&](FirmId firm) {
    return world.firms.alive[firm] != 0 && world.firms.kets_known[firm] < world.ket_count();
  };
  std::vector<End>& ends = ends_[first / rows_at_once];
  std::erase_if(ends, [&](const End& end) { return !can_hear_more(end.firm); });  // nor ever will
  voices.news.resize(ends.size() * world.ket_count());
  const std::uint8_t* adviser = world.firms.client_of.data() + first;
  std::array<std::uint64_t, rows_at_once / 64> clients{};
  for (std::size_t from = 0; from < rows; from += 64)
    clients[from / 64] = bits_of_clients(adviser + from, std::min<std::size_t>(64, rows - from));
  if (ends.empty() && clients == decltype(clients){}) return;
  Listeners listeners(world, first, voices);
  for (const End& end : ends) {
    const std::uint32_t here = listeners.place_of(end.firm);
    const float of_contact = world.contacts.row(end.contact).strength;
    const bool has_left = end.other.kind == ActorKind::firm && world.firms.alive[end.other.firm()] == 0;
    if (of_contact <= 0.0F || has_left) continue;
    const double openness = end.crosses_border ? border_openness(world, end.firm, end.other) : 1.0;
    const auto strength = static_cast<float>(contact_weight_ * 255.0 * of_contact * openness);
    if (strength <= 0.0F) continue;
    listeners.add(here, strength);
    note_news(world, end.other, voices.news.data() + voices.contacts.size() * world.ket_count());
    voices.contacts.push_back({here, strength});
  }
  for (std::uint32_t word = 0; word < clients.size(); ++word) {
    for (std::uint64_t left = clients[word]; left != 0; left &= left - 1) {
      const auto row = 64 * word + static_cast<std::uint32_t>(std::countr_zero(left));
      const FirmId firm(first + row);
      if (!can_hear_more(firm)) continue;
      const std::uint32_t here = listeners.place_of(firm);
      const IntermediaryId id(adviser[row]);
      const auto strength =
          static_cast<float>(advice_strength_ * 255.0 * border_openness(world, firm, actor(id)));
      voices.advisers.push_back({here, id, strength});
      listeners.add(here, strength);
    }
  }
  listeners.note_strengths();
}

void OutsideTalk::hear(const World& world, std::size_t first, KetId ket, Voices& voices) {
  const Firms& firms = world.firms;
  const std::int32_t* informed_peers = firms.informed_exposure.data(ket) + first;
  const std::int32_t* adopting_peers = firms.adopting_exposure.data(ket) + first;
  for (Voices::Listener& listener : voices.listeners) {
    listener.informed = static_cast<float>(informed_peers[listener.row]);
    listener.adopting = static_cast<float>(adopting_peers[listener.row]);
  }
  for (const auto& [listener, adviser, strength] : voices.advisers)
    voices.listeners[listener].informed += world.intermediaries.advises(adviser, ket) ? strength : 0.0F;
  std::size_t place = ket.index();
  for (const auto& [listener, strength] : voices.contacts) {
    const unsigned news = voices.news[place];
    voices.listeners[listener].informed += strength * static_cast<float>(news & 1U);
    voices.listeners[listener].adopting += strength * static_cast<float>(news >> 1);
    place += world.ket_count();
  }
}

}  // namespace ketsim
