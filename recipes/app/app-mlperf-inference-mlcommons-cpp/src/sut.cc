// LoadGen's queries -> the executor's work; its responses -> LoadGen.
#include "sut.h"

#include "loadgen.h"

namespace mlpgen {

void Sut::IssueQuery(const std::vector<mlperf::QuerySample>& samples) {
  std::vector<Work> work;
  work.reserve(samples.size());
  for (const mlperf::QuerySample& sample : samples) work.push_back({sample.id, sample.index});
  counts_.issued += work.size();
  executor_->submit(work);
}

void Sut::complete(std::span<const Work> batch, std::span<const Response> responses) {
  std::vector<mlperf::QuerySampleResponse> done;
  done.reserve(batch.size());
  for (size_t i = 0; i < batch.size(); ++i)
    done.emplace_back(batch[i].id, reinterpret_cast<uintptr_t>(responses[i].data()),
                      responses[i].size());
  counts_.completed += done.size();
  mlperf::QuerySamplesComplete(done.data(), done.size());
}

}  // namespace mlpgen
