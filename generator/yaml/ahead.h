// YAML texts parsed by a second thread while the first one works with what it has: most of a
// configure is parsing.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "yaml/yaml.h"

namespace mlpgen {

// What is parsed when changes nothing: a tree and its errors come out of take() as parse_yaml gives
// them.
class YamlAhead {
 public:
  YamlAhead() = default;
  ~YamlAhead();  // what was not begun is dropped
  YamlAhead(const YamlAhead&) = delete;
  YamlAhead& operator=(const YamlAhead&) = delete;

  // take() will probably be asked for this text, which must stay where it is.
  void expect(SourceId source, const std::string& text);
  // As parse_yaml. While the second thread is at this very text, another one that is expected is
  // parsed here.
  std::optional<Node> take(SourceId source, const std::string& text, Sink& sink);

 private:
  struct Job {
    SourceId source;
    const std::string* text;
    bool done = false;
    std::optional<Node> root = {};
    Sink sink = {};
    std::exception_ptr thrown = {};
  };
  using Lock = std::unique_lock<std::mutex>;

  void start();
  void work_until_end();
  Job* next();  // the first that nobody began, begun; or nullptr
  void parse(Job& job, Lock& lock);

  std::mutex mutex_;  // of all that follows, but a job that was begun belongs to who parses it
  std::condition_variable changed_;
  std::map<SourceId, Job> jobs_;  // expected and not yet taken
  std::deque<Job*> waiting_;      // those that nobody began
  bool ends_ = false;
  bool started_ = false;
  std::thread second_;
};

}  // namespace mlpgen
