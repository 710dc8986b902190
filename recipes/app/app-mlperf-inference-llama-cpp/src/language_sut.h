// LoadGen's queries -> the generator's work; first tokens and answers -> LoadGen.
#pragma once

#include <atomic>
#include <map>
#include <string>
#include <vector>

#include "generator.h"
#include "progress.h"
#include "system_under_test.h"

namespace mlpgen {

class LanguageSut : public mlperf::SystemUnderTest {
 public:
  // `first_tokens`: LoadGen asks for them, which it does in every scenario but Offline.
  LanguageSut(std::string name, bool first_tokens, bool keeps_answers)
      : name_(std::move(name)), first_tokens_(first_tokens), keeps_answers_(keeps_answers) {}

  // The generator whose events are this object's; must outlive the test.
  void connect(Generator& generator) { generator_ = &generator; }

  const std::string& Name() override { return name_; }
  void IssueQuery(const std::vector<mlperf::QuerySample>& samples) override;
  void FlushQueries() override {}  // nothing is held back: the generator takes what there is

  void first_token(const Work& work, llama_token token);
  void complete(const Work& work, std::span<const llama_token> answer);

  const Counts& counts() const { return counts_; }
  uint64_t tokens() const { return tokens_; }  // of all answers
  // By the prompt's number, once the test has ended; empty unless they are kept.
  const std::map<size_t, Tokens>& answers() const { return answers_; }

 private:
  std::string name_;
  bool first_tokens_;
  bool keeps_answers_;
  Generator* generator_ = nullptr;
  Counts counts_;
  std::atomic<uint64_t> tokens_ = 0;
  std::map<size_t, Tokens> answers_;  // of the generator's thread, until the test ends
};

}  // namespace mlpgen
