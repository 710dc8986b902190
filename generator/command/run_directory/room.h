// The room on the disk that a request takes, and where it is.
#pragma once

#include <vector>

#include "command/request/session.h"
#include "doctor/findings.h"
#include "query/plan_answer.h"

namespace mlpgen {

// What the request's product takes, as `mlpgen plan` counts it, and what of it is there already.
PlanAnswer needed_work(const Session& session, const Resolution& resolution,
                       const Planned& planned);

// What is still to come of it.
struct RoomNeeded {
  Bytes fetched;
  uint64_t made = 0;   // bytes of the steps that declare it
  size_t unknown = 0;  // steps that write much and do not declare it
};
RoomNeeded room_needed_by(const PlanAnswer& needed);

// The run directory and the store, with what will come there and what is free.
std::vector<Place> places_of(const RoomNeeded& room);

// Reports too-little-room, a warning, of each place that is too small; false where there is one.
bool check_room(Session& session, const PlanAnswer& needed);

}  // namespace mlpgen
