// LoadGen's queries -> the generator's work; first tokens and answers -> LoadGen.
#include "language_sut.h"

#include "loadgen.h"

namespace mlpgen {
namespace {

// The accuracy log holds each token as 8 bytes, as the reference's programs read it.
mlperf::QuerySampleResponse response(const Work& work, const std::vector<int64_t>& tokens) {
  return {work.id, reinterpret_cast<uintptr_t>(tokens.data()), tokens.size() * sizeof(int64_t),
          static_cast<int64_t>(tokens.size())};
}

}  // namespace

void LanguageSut::IssueQuery(const std::vector<mlperf::QuerySample>& samples) {
  std::vector<Work> work;
  work.reserve(samples.size());
  for (const mlperf::QuerySample& sample : samples) work.push_back({sample.id, sample.index});
  counts_.issued += work.size();
  generator_->submit(work);
}

void LanguageSut::first_token(const Work& work, llama_token token) {
  if (!first_tokens_) return;
  const std::vector<int64_t> tokens = {token};
  mlperf::QuerySampleResponse first = response(work, tokens);
  mlperf::FirstTokenComplete(&first, 1);
}

void LanguageSut::complete(const Work& work, std::span<const llama_token> answer) {
  const std::vector<int64_t> tokens(answer.begin(), answer.end());
  mlperf::QuerySampleResponse whole = response(work, tokens);
  if (keeps_answers_) answers_[work.index].assign(answer.begin(), answer.end());
  ++counts_.completed;
  tokens_ += tokens.size();
  mlperf::QuerySamplesComplete(&whole, 1);
}

}  // namespace mlpgen
