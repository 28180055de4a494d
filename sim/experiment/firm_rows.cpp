#include "ketsim/experiment/firm_rows.hpp"

namespace ketsim {
namespace {

using Type = RowColumn::Type;

//! Puts values into a row, column after column, as the table declares them.
class RowWriter {
 public:
  explicit RowWriter(Rows& rows) : rows_(rows) {}
  RowWriter& integer(std::int64_t value) {
    std::get<std::vector<std::int32_t>>(rows_[next_++]).push_back(static_cast<std::int32_t>(value));
    return *this;
  }
  RowWriter& key(std::uint64_t value) {
    std::get<std::vector<std::uint64_t>>(rows_[next_++]).push_back(value);
    return *this;
  }
  RowWriter& real(double value) {
    std::get<std::vector<double>>(rows_[next_++]).push_back(value);
    return *this;
  }

 private:
  Rows& rows_;
  std::size_t next_ = 0;
};

RowColumn place_on(const std::string& dimension) {
  return {
      dimension, "1", "place on the coordinate `" + dimension + "` of the file, from 0", Type::integer, {}};
}

std::vector<RowColumn> traits() {
  return {{"firm", "1", "key of the firm: the same in every scenario and replicate", Type::key, {}},
          place_on("region"),
          place_on("sector"),
          place_on("size_class"),
          place_on("ket")};
}

const std::string months_since = "months since the start of the run; below 0 before it, 32767 never";

}  // namespace

RowTable twin_table() {
  RowTable table{
      "twins",
      {place_on("alternative"), {"replicate", "1", "replicate", Type::integer, {}}, place_on("horizon")}};
  for (RowColumn& column : traits()) table.columns.push_back(std::move(column));
  table.columns.insert(
      table.columns.end(),
      {{"outcome", "1", "in which of the twin worlds the KET is in use, or why it is not compared",
        Type::integer, outcome_names()},
       {"exposure", "1", "how near the alternative came to the pair by the horizon", Type::integer,
        exposure_names()},
       {"adopted_without", "month", "adoption in the baseline's world, " + months_since, Type::integer, {}},
       {"adopted_with", "month", "adoption in the alternative's world, " + months_since, Type::integer, {}},
       {"months_gained", "month", "min(T0, H) - min(T1, H); 0 where not compared", Type::integer, {}},
       {"award",
        "EUR",
        "awards for the KET in the alternative's world, loans with their principal",
        Type::real,
        {}}});
  return table;
}

void add_twin_rows(Rows& rows, std::uint32_t alternative, std::uint32_t replicate, std::size_t horizon,
                   const Snapshot& baseline, const Snapshot& with, std::size_t kets, MonthIndex month) {
  for_each_pair(baseline, with, kets, month, [&](const TwinPair& pair) {
    RowWriter(rows)
        .integer(alternative)
        .integer(replicate)
        .integer(static_cast<std::int64_t>(horizon))
        .key(pair.firm)
        .integer(pair.region)
        .integer(pair.sector)
        .integer(static_cast<std::int64_t>(pair.size))
        .integer(pair.ket.row)
        .integer(static_cast<std::int64_t>(pair.outcome))
        .integer(static_cast<std::int64_t>(pair.exposure))
        .integer(pair.adopted_without)
        .integer(pair.adopted_with)
        .integer(pair.months_gained)
        .real(pair.awarded.euros());
  });
}

RowTable firm_table() {
  RowTable table{"firm_states", {place_on("scenario"), {"replicate", "1", "replicate", Type::integer, {}}}};
  for (RowColumn& column : traits()) table.columns.push_back(std::move(column));
  table.columns.insert(
      table.columns.end(),
      {{"alive", "1", "1 while the firm exists", Type::integer, {}},
       {"stage", "1", "stage of adoption at the end", Type::integer, stage_names()},
       {"since", "month", "last change of stage, months since the start of the run", Type::integer, {}},
       {"adopted_in", "month", "adoption where the KET is in use, " + months_since, Type::integer, {}},
       {"first_reached",
        "month",
        "first meeting in person with a programme, " + months_since,
        Type::integer,
        {}},
       {"first_award", "month", "first award for the KET, " + months_since, Type::integer, {}},
       {"award", "EUR", "awards for the KET, loans with their principal", Type::real, {}}});
  return table;
}

void add_firm_rows(Rows& rows, std::uint32_t scenario, std::uint32_t replicate, const World& world) {
  const Firms& firms = world.firms;
  for (std::size_t i = 0; i < firms.count(); ++i) {
    const FirmId firm(i);
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      const KetId ket(k);
      const Stage stage = firms.stage(firm, ket);
      RowWriter(rows)
          .integer(scenario)
          .integer(replicate)
          .key(firms.key[firm])
          .integer(firms.region[firm])
          .integer(firms.sector[firm])
          .integer(static_cast<std::int64_t>(firms.size[firm]))
          .integer(ket.row)
          .integer(firms.alive[firm])
          .integer(static_cast<std::int64_t>(stage))
          .integer(firms.since(firm, ket))
          .integer(uses(stage) ? firms.adopted_in(firm, ket) : never)
          .integer(firms.first_reached[firm])
          .integer(firms.paid_in(firm, ket))
          .real(firms.awarded(firm, ket).euros());
    }
  }
}

Rows empty_rows(const RowTable& table) {
  Rows rows;
  for (const RowColumn& column : table.columns) {
    if (column.type == Type::integer) rows.emplace_back(std::vector<std::int32_t>());
    if (column.type == Type::key) rows.emplace_back(std::vector<std::uint64_t>());
    if (column.type == Type::real) rows.emplace_back(std::vector<double>());
  }
  return rows;
}

}  // namespace ketsim
