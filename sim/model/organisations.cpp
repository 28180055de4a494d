#include "ketsim/model/organisations.hpp"

namespace ketsim {

const std::vector<std::string>& line_stage_names() {
  static const std::vector<std::string> names{"none", "considered", "building", "running"};
  return names;
}

void ResearchInstitutes::change_line(ResearchId institute, KetId ket, LineStage to,
                                     OrganisationTrigger trigger, MonthIndex month) {
  line(institute, ket) = to;
  line_trigger(institute, ket) = trigger;
  line_since(institute, ket) = month;
}

void Intermediaries::change_advice(IntermediaryId intermediary, KetId ket, AdviceStage to,
                                   OrganisationTrigger trigger, MonthIndex month) {
  advice(intermediary, ket) = to;
  advice_trigger(intermediary, ket) = trigger;
  advice_since(intermediary, ket) = month;
}

}  // namespace ketsim
