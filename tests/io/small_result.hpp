// A made-up result: two scenarios, awkward names, one series of each kind.
#pragma once

#include <cmath>
#include <limits>

#include "ketsim/io/hdf5_sink.hpp"

namespace ketsim {

inline ParameterRow small_parameter(std::string path, std::string value) {
  Declaration declaration{
      .name = "rate", .unit = "1", .range = {0, 1}, .doc = "Share of cost", .source = "assumption"};
  return {std::move(path), std::move(value), "0.4", ValueType::real, std::move(declaration), {}};
}

inline ResultHeader small_header(std::uint32_t replicates) {
  ResultHeader header;
  header.command = "run";
  header.seed = std::numeric_limits<std::uint64_t>::max();
  header.replicates = replicates;
  header.start = make_month(2016, 4);
  header.months = 6;
  header.scenarios = {{"rocket",
                       "Röcket",
                       "Two\nlines",
                       "title: Röcket\n",
                       {small_parameter("a.rate", "0.5"), small_parameter("b.rate", "1")}},
                      {"süd",
                       "Süd",
                       "",
                       "title: Süd\n",
                       {small_parameter("c[ü].rate", "0.7"), small_parameter("a.rate", "0.1")}}};
  header.dimensions = {{"region", "NUTS 3 region", {"Südtirol", "Trento"}},
                       {"ket", "Technology", {"photonics", "nano", "bio"}}};
  header.series = {
      {"adopters", "1", SeriesKind::stock, {"region", "ket"}, "SMEs that have adopted", "Adoption"},
      {"public_money_paid", "EUR", SeriesKind::flow, {"region"}, "Public money paid", "Money"},
      {"share", "1", SeriesKind::ratio, {}, "A share", ""}};
  header.inputs = {{"../data/ü.csv", std::make_shared<const std::string>("name,x\nMüller,1\n")}};
  header.versions = {{"ketsim", "0.1.0"}, {"commit", "unknown"}};
  return header;
}

//! Values that tell scenario, replicate, month and cell.
inline ReplicateResult small_replicate(std::uint32_t scenario, std::uint32_t replicate) {
  ReplicateResult result{
      scenario, replicate, {std::vector<double>(36), std::vector<double>(12), std::vector<double>(6)}};
  for (std::size_t i = 0; i < 36; ++i)
    result.values[0][i] = 10000.0 * scenario + 100.0 * replicate + static_cast<double>(i);
  for (std::size_t i = 0; i < 12; ++i) result.values[1][i] = replicate + static_cast<double>(i) / 100.0;
  for (std::size_t i = 0; i < 6; ++i) result.values[2][i] = i == 3 ? std::nan("") : 0.25;
  return result;
}

//! All steps of one replicate at once.
inline void write(Hdf5Sink& sink, ReplicateResult result) {
  const std::unique_ptr<Parcel> parcel = sink.accept(std::move(result));
  parcel->sort();
  parcel->pack();
  parcel->store();
}

inline void write_replicates(Hdf5Sink& sink, std::uint32_t replicates) {
  for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
    for (std::uint32_t scenario = 0; scenario < 2; ++scenario)
      write(sink, small_replicate(scenario, replicate));
  }
}

inline void write_small_result(const std::string& path, std::uint32_t replicates = 5) {
  Hdf5Sink sink(path);
  sink.begin(small_header(replicates));
  write_replicates(sink, replicates);
  sink.finish();
}

}  // namespace ketsim
