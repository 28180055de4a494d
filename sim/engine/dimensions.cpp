#include "ketsim/engine/observer.hpp"
#include "ketsim/scenario/catalogue.hpp"

namespace ketsim {

std::vector<Dimension> dimensions_of(const Setup& setup) {
  const Geography& geography = *setup.geography;
  Dimension region{"region", "region, by its code in the table of regions", {}};
  for (const Region& r : geography.regions) region.labels.push_back(r.code);
  Dimension ket{"ket", "Key Enabling Technology", {}};
  for (const Ket& k : geography.kets) ket.labels.push_back(k.name);
  Dimension programme{"programme", "programme under study", setup.programme_labels};
  if (programme.labels.empty()) programme.labels.emplace_back("none");
  return {region,
          {"sector", "sector of the firm", geography.sectors},
          ket,
          {"size_class", "size class of the firm (EU definition by employees)", size_class_names()},
          {"stage", "stage of adoption (Rogers)", stage_names()},
          {"country", "country", geography.countries},
          {"instrument", "instrument of a policy", instrument_catalogue().names()},
          programme,
          {"cooperation_step", "step of cooperation across the border", cooperation_step_names()},
          {"line_stage", "stage of a KET as a line of research", line_stage_names()}};
}

}  // namespace ketsim
