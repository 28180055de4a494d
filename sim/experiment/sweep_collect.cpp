// What is done of a sweep: told, and gathered in one file.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "ketsim/experiment/sweep.hpp"
#include "ketsim/parallel/rows.hpp"
#include "point_measures.hpp"
#include "sweep_outputs.hpp"
#include "sweep_records.hpp"

namespace ketsim {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::string reason_of(const SweepJournals::Entry& failed, const SweepJournals& journals) {
  return journals.is_sound(failed) ? journals.payload(failed) : "the reason is damaged on disk";
}

//! `is_damaged`: what is said of a finished record.
template <class IsDamaged>
SweepStatus status_of(const SweepPlan& plan, const SweepJournals& journals, const IsDamaged& is_damaged) {
  SweepStatus status;
  status.runs = plan.runs();
  double seconds = 0.0;
  for (std::size_t run = 0; run < plan.runs(); ++run) {
    const RecordId id = plan.identity_of(run);
    const SweepJournals::Entry* done = journals.find(id, SweepRecord::finished);
    if (done != nullptr && is_damaged(*done)) {
      ++status.damaged;
      done = nullptr;
    }
    if (done != nullptr) {
      ++status.done;
      seconds += done->seconds;
    } else if (journals.is_running(id)) {
      ++status.running;
    } else if (const SweepJournals::Entry* failed = journals.find(id, SweepRecord::failed)) {
      status.failures.push_back({run, reason_of(*failed, journals)});
    }
  }
  if (journals.threads() > 0 && status.done > 0)
    status.seconds_left =
        seconds / static_cast<double>(status.done) *
        (static_cast<double>(status.missing()) + 0.5 * static_cast<double>(status.running)) /
        journals.threads();
  return status;
}

class Collector {
 public:
  Collector(const SweepPlan& plan, const std::string& folder, const std::vector<ExperimentScenario>& base,
            SweepSink& sink, bool must_be_complete)
      : plan_(plan),
        base_(base),
        sink_(sink),
        must_be_complete_(must_be_complete),
        journals_(folder),
        outputs_(plan.settings, *base.front().setup),
        status_(status_of(plan, journals_, [](const auto&) { return false; })) {  // shown by write()
    if (plan.compares()) measures_.emplace(plan, base);
  }

  SweepStatus collect(SweepHeader header) {
    check_complete();
    describe(header);
    sink_.begin(header);
    const std::size_t together = points_together();
    for (std::size_t first = 0; first < plan_.points.size(); first += together)
      write(first, std::min(together, plan_.points.size() - first));
    check_complete();  // now that damaged records are known
    sink_.finish();
    return std::move(status_);
  }

 private:
  void check_complete() const {
    if (must_be_complete_ && status_.done < status_.runs) throw IncompleteSweep(status_);
  }

  void describe(SweepHeader& header) const {
    header.time = outputs_.time();
    header.every = plan_.settings.every;
    for (const DesignPoint& point : plan_.points) {
      header.block.push_back(point.block);
      header.part.push_back(point.part);
    }
    header.factors = factor_records();
    header.dimensions = outputs_.dimensions();
    if (measures_) {
      for (const Dimension& dimension : measures_->dimensions()) add_dimension(header, dimension);
      for (const Dimension& dimension : dimensions_of(*base_.front().setup)) {
        const auto names = [&](const Measure& m) {
          return std::ranges::find(m.dimensions, dimension.name) != m.dimensions.end();
        };
        if (std::ranges::any_of(measures_->measures(), names)) add_dimension(header, dimension);
      }
    }
    for (const Series& series : outputs_.series()) {
      std::vector<std::string> dimensions{"replicate", "scenario", "time"};
      dimensions.insert(dimensions.end(), series.dimensions.begin(), series.dimensions.end());
      header.variables.push_back(
          {series.name, series.unit, series.doc, dimensions, {{"kind", name(series.kind)}}});
    }
    if (!measures_) return;
    for (const Measure& measure : measures_->measures()) {
      std::vector<std::pair<std::string, std::string>> attributes;
      if (!measure.doubt.empty()) attributes.emplace_back("doubt", measure.doubt);
      header.variables.push_back({measure.name, measure.unit, measure.doc, measure.dimensions, attributes});
    }
  }

  static void add_dimension(SweepHeader& header, const Dimension& dimension) {
    if (std::ranges::find(header.dimensions, dimension.name, &Dimension::name) == header.dimensions.end())
      header.dimensions.push_back(dimension);
  }

  [[nodiscard]] std::vector<FactorRecord> factor_records() const {
    std::vector<FactorRecord> records;
    for (std::size_t f = 0; f < plan_.factors.size(); ++f) {
      const SweepFactor& factor = plan_.factors[f];
      const ParameterRow& parameter = factor.parameter;
      const bool has_range = factor.for_design().levels() == 0 && factor.settings.values.empty() &&
                             std::fabs(factor.settings.low) < FactorSettings::no_bound;
      const bool is_whole = parameter.type == ValueType::integer && factor.settings.values.empty();
      FactorRecord record{factor.name,
                          parameter.path,
                          parameter.declaration.unit,
                          parameter.declaration.doc,
                          factor.settings.scale == FactorScale::linear ? "linear" : "logarithmic",
                          has_range || is_whole ? factor.settings.low : missing,
                          has_range || is_whole ? factor.settings.high : missing,
                          parameter.type == ValueType::real || parameter.type == ValueType::integer,
                          {}};
      for (const DesignPoint& point : plan_.points) record.values.push_back(point.values[f]);
      records.push_back(std::move(record));
    }
    return records;
  }

  [[nodiscard]] std::size_t values_of_point(std::size_t variable) const {
    const std::size_t series = outputs_.series().size();
    return variable < series ? plan_.replicates() * base_.size() * outputs_.size(variable)
                             : measures_->size(variable - series);
  }
  [[nodiscard]] std::size_t variables() const {
    return outputs_.series().size() + (measures_ ? measures_->measures().size() : 0);
  }

  //! As many points as fit into some memory.
  [[nodiscard]] std::size_t points_together() const {
    constexpr std::size_t most_values = 8'000'000;  // 64 MB
    constexpr std::size_t most_points = 4096;
    std::size_t values = 1;
    for (std::size_t v = 0; v < variables(); ++v) values += values_of_point(v);
    return std::clamp<std::size_t>(most_values / values, 1, most_points);
  }

  void write(std::size_t first, std::size_t count) {
    std::vector<RunState> states(count * plan_.replicates(), RunState::missing);
    std::vector<std::vector<double>> values;
    for (std::size_t v = 0; v < variables(); ++v) values.emplace_back(count * values_of_point(v), missing);
    std::vector<std::size_t> damaged(count, 0);
    for_tasks(count, [&](std::size_t p) { damaged[p] = gather(first + p, p, states, values); });
    const std::size_t lost = std::accumulate(damaged.begin(), damaged.end(), std::size_t{0});
    status_.damaged += lost;
    status_.done -= lost;
    sink_.write(count, states, values);
  }

  //! Of one point, number `p` of those written together. Returns the runs whose records are damaged.
  std::size_t gather(std::size_t point, std::size_t p, std::vector<RunState>& states,
                     std::vector<std::vector<double>>& values) const {
    std::size_t damaged = 0;
    std::vector<std::optional<Findings>> findings(plan_.replicates());
    for (std::size_t r = 0; r < plan_.replicates(); ++r) {
      const RecordId id = plan_.identity_of(point * plan_.replicates() + r);
      RunState& state = states[p * plan_.replicates() + r];
      const SweepJournals::Entry* done = journals_.find(id, SweepRecord::finished);
      if (done == nullptr) {
        if (journals_.find(id, SweepRecord::failed) != nullptr) state = RunState::failed;
        continue;
      }
      std::optional<RunOutcome> outcome = read(*done);
      if (!outcome) {
        ++damaged;
        continue;
      }
      state = RunState::done;
      put(*outcome, p, r, values);
      findings[r] = std::move(outcome->findings);
    }
    if (!measures_) return damaged;
    const std::vector<std::vector<double>> measured = measures_->of(findings);
    for (std::size_t m = 0; m < measured.size(); ++m)
      std::ranges::copy(measured[m], values[outputs_.series().size() + m].begin() +
                                         static_cast<std::ptrdiff_t>(p * measured[m].size()));
    return damaged;
  }

  [[nodiscard]] std::optional<RunOutcome> read(const SweepJournals::Entry& entry) const {
    try {
      const std::string payload = journals_.payload(entry);
      RunOutcome outcome;
      ByteReader reader(payload);
      reader(outcome);
      const auto are_kept = [&](const auto& values) { return outputs_.are_kept(values); };
      if (outcome.values.size() != base_.size() || !std::ranges::all_of(outcome.values, are_kept) ||
          outcome.findings.has_value() != measures_.has_value())
        return std::nullopt;
      if (measures_) measures_->check(*outcome.findings);
      return outcome;
    } catch (const JournalError&) {
      return std::nullopt;
    } catch (const DamagedBytes&) {
      return std::nullopt;
    }
  }

  void put(const RunOutcome& outcome, std::size_t p, std::size_t r,
           std::vector<std::vector<double>>& values) const {
    for (std::size_t s = 0; s < base_.size(); ++s) {
      for (std::size_t v = 0; v < outputs_.series().size(); ++v) {
        const std::size_t place = ((p * plan_.replicates() + r) * base_.size() + s) * outputs_.size(v);
        std::ranges::copy(outcome.values[s][v], values[v].begin() + static_cast<std::ptrdiff_t>(place));
      }
    }
  }

  const SweepPlan& plan_;
  const std::vector<ExperimentScenario>& base_;
  SweepSink& sink_;
  bool must_be_complete_;
  SweepJournals journals_;
  SweepOutputs outputs_;
  std::optional<PointMeasures> measures_;
  SweepStatus status_;
};

}  // namespace

IncompleteSweep::IncompleteSweep(const SweepStatus& status)
    : std::runtime_error(
          fmt::format("{} of {} runs are done, {} failed{}; nothing is written", status.done, status.runs,
                      status.failures.size(),
                      status.damaged > 0 ? fmt::format(", {} are damaged on disk", status.damaged) : "")) {}

SweepStatus sweep_status(const SweepPlan& plan, const std::string& folder) {
  const SweepJournals journals(folder);
  return status_of(plan, journals,
                   [&](const SweepJournals::Entry& entry) { return !journals.is_sound(entry); });
}

SweepStatus collect_sweep(const SweepPlan& plan, const std::string& folder,
                          const std::vector<ExperimentScenario>& base, SweepHeader header, SweepSink& sink,
                          bool must_be_complete) {
  return Collector(plan, folder, base, sink, must_be_complete).collect(std::move(header));
}

}  // namespace ketsim
