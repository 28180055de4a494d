// Facilities that programmes put up: demonstrators that firms nearby can look at, and labs that both sides of
// the border share.
#pragma once

#include <vector>

#include "ketsim/model/organisations.hpp"

namespace ketsim {

//! A KET at work where firms of the neighbourhood can see it.
struct Demonstrator {
  KetId ket;
  Position position;
  MonthIndex until = 0;         //!< last month in which it runs
  double observations = 0.0;    //!< of the benefit that it yields at its place [1/yr]
  double distance_scale = 1.0;  //!< distance over which they fall to 37 % [km]
};
template <class Stream>
void stream(Stream& bytes, Demonstrator& d) {
  bytes(d.ket, d.position, d.until, d.observations, d.distance_scale);
}

//! A lab at an institute that a policy keeps open to firms of both sides, month by month.
struct SharedLab {
  PolicyId policy;
  ResearchId host;
  KetId ket;
  MonthIndex until = -1;  //!< last month for which it is paid
  float projects = 0.0F;  //!< by which it raises the host's capacity while it is open
};
template <class Stream>
void stream(Stream& bytes, SharedLab& lab) {
  bytes(lab.policy, lab.host, lab.ket, lab.until, lab.projects);
}

struct Facilities {
  std::vector<Demonstrator> demonstrators;    //!< that run
  std::vector<SharedLab> labs;                //!< that are open
  std::vector<std::vector<double>> evidence;  //!< observations from demonstrators so far, by KET and region
};
template <class Stream>
void stream(Stream& bytes, Facilities& facilities) {
  bytes(facilities.demonstrators, facilities.labs, facilities.evidence);
}

}  // namespace ketsim
