// Programmes open their books, pay their management, and every month the books must close.
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

class OpenMonth final : public Process {
 public:
  using Parameters = ProcessParameters;
  OpenMonth(const Setup&, const Parameters&) {}

  void step(Context& context) override {
    World& world = context.world;
    world.changes.clear();
    world.entries.clear();
    world.exits.clear();
    world.newly_reached.clear();
    world.awards.clear();
    world.ledger.begin_month();
    const auto& programmes = context.scenario().programmes;
    for (std::size_t p = 0; p < programmes.size(); ++p) {
      const Programme& programme = programmes[p].value;
      const int opens = std::max(0, context.index_of(programme.start));
      if (context.month() == opens) world.ledger.appropriate(ProgrammeId(p), to_money(programme.budget));
    }
  }
};

class CloseMonth final : public Process {
 public:
  using Parameters = ProcessParameters;
  CloseMonth(const Setup&, const Parameters&) {}

  void step(Context& context) override {
    const auto& programmes = context.scenario().programmes;
    for (std::size_t p = 0; p < programmes.size(); ++p)
      pay_management(context, ProgrammeId(p), programmes[p].value);
    context.world.ledger.check();
  }

 private:
  static void pay_management(Context& context, ProgrammeId id, const Programme& programme) {
    const int start = context.index_of(programme.start);
    const int months = programme.end - programme.start;
    const int now = context.month() - start;
    if (now < 0 || now >= months) return;
    // What is due by now, less what was due a month ago: the sum is exact whatever the months.
    const Money whole = share_of(to_money(programme.budget), programme.management_share);
    const auto due = [&](int m) {
      return share_of(whole, static_cast<double>(m) / static_cast<double>(months));
    };
    const Money amount = min(due(now + 1) - due(now), context.world.ledger.unallocated(id));
    context.world.ledger.commit(id, amount);
    context.world.ledger.pay(id, amount);
  }
};

const Schema<ProcessParameters>& schema(const char* name, const char* summary) {
  static std::map<std::string, Schema<ProcessParameters>> schemas;
  return schemas
      .try_emplace(name, Schema<ProcessParameters>(name, summary)
                             .boolean(&ProcessParameters::enabled, enabled_declaration()))
      .first->second;
}

const RegisterProcess<OpenMonth> open{
    schema("open_month", "Logs are cleared; programmes that begin get their budget"), Phase::enter, 10,
    "programmes", "ledger, logs of the month"};
const RegisterProcess<CloseMonth> close{
    schema("close_month", "Programmes pay their management; the books must close to the cent"),
    Phase::account, 90, "programmes, ledger", "ledger"};

}  // namespace
}  // namespace ketsim
