// Expands the words of a step when it runs.
#include "step/expand.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "file/file.h"
#include "text/bad_byte.h"
#include "text/text.h"

namespace mlpgen {
namespace {

using Json = nlohmann::json;

Error not_late(const std::string& what, const std::string& why, const std::string& file) {
  std::string help = "the edge that writes " + file +
                     " may have written something else: look at its log with `mlpgen log`";
  return {"the late value " + what + " is not there: " + why, help};
}

// What a JSON pointer leads to, in which `[KEY=TEXT]` is the object of a list whose KEY is TEXT;
// null where it leads nowhere.
const Json* look_up(const Json& from, const std::string& pointer) {
  size_t open = pointer.find("/["), equals = pointer.find('=', open),
         close = pointer.find(']', equals);
  if (close == std::string::npos) {
    Json::json_pointer whole(pointer);
    return from.contains(whole) ? &from.at(whole) : nullptr;
  }
  const Json* list = look_up(from, pointer.substr(0, open));
  if (!list || !list->is_array()) return nullptr;
  std::string key = pointer.substr(open + 2, equals - open - 2),
              text = pointer.substr(equals + 1, close - equals - 1);
  auto found = std::find_if(list->begin(), list->end(), [&](const Json& one) {
    return one.is_object() && one.contains(key) && one.at(key) == text;
  });
  return found == list->end() ? nullptr : look_up(*found, pointer.substr(close + 1));
}

Result<std::string> late_value(const std::string& what) {
  size_t hash = what.find('#');
  std::string file = what.substr(0, hash);
  if (hash == std::string::npos) return not_late(what, "it has no #/pointer", file);
  Result<std::string> text = read_file(file);
  if (!text) return not_late(what, text.error().message, file);
  const Json value = Json::parse(*text, nullptr, false);
  if (value.is_discarded()) return not_late(what, file + " is not JSON", file);
  const Json* found = nullptr;
  try {
    found = look_up(value, what.substr(hash + 1));
  } catch (const Json::exception&) {  // no pointer
  }
  if (!found) return not_late(what, file + " has nothing at " + what.substr(hash + 1), file);
  if (found->is_string()) {
    std::string given = found->get<std::string>();
    if (std::optional<BadByte> bad = find_bad_byte(given))
      return not_late(what, "it has " + bad->what, file);
    return given;
  }
  if (found->is_number() || found->is_boolean()) return found->dump();
  return not_late(what, "it is a " + std::string(found->type_name()) + ", not one value", file);
}

bool is_passed(const Step& step, const std::string& name) {
  return std::any_of(step.pass_env.begin(), step.pass_env.end(),
                     [&](const std::string& p) { return matches_glob(p, name); }) ||
         std::find(step.secrets.begin(), step.secrets.end(), name) != step.secrets.end();
}

}  // namespace

Result<std::string> expand(std::string_view text, std::string_view out) {
  std::string done;
  for (;;) {
    size_t at = std::min(text.find("${out}"), text.find("${late:"));
    done += text.substr(0, at);
    if (at == std::string_view::npos) return done;
    text.remove_prefix(at);
    size_t end = text.find('}');
    if (end == std::string_view::npos)
      return Error{"'" + std::string(text) + "' has no closing }", ""};
    if (text.starts_with("${out}")) {
      done += out;
    } else {
      Result<std::string> value = late_value(std::string(text.substr(7, end - 7)));
      if (!value) return value.error();
      done += *value;
    }
    text.remove_prefix(end + 1);
  }
}

Result<Expanded> expand_step(const Step& step, const std::string& out) {
  Expanded e;
  for (const std::string& word : step.argv) {
    Result<std::string> text = expand(replace_all(word, "${kept}", step.kept_directory()), out);
    if (!text) return text.error();
    e.argv.push_back(*text);
  }
  std::map<std::string, std::string> env;
  for (char** variable = environ; *variable; ++variable) {
    std::string text = *variable;
    size_t equals = text.find('=');
    if (equals != std::string::npos && is_passed(step, text.substr(0, equals)))
      env[text.substr(0, equals)] = text.substr(equals + 1);
  }
  for (const std::string& name : step.secrets)
    if (auto at = env.find(name); at != env.end()) e.secrets.push_back(at->second);
  for (const auto& [name, word] : step.env) {
    Result<std::string> text = expand(word, out);
    if (!text) return text.error();
    env[name] = *text;
  }
  // Who asks is noted in the store (store/uses.h).
  if (step.mode == Mode::kFetch) env["MLPGEN_EDGE"] = step.identity12();
  for (const auto& [name, value] : env) e.env.push_back(name + "=" + value);
  return e;
}

}  // namespace mlpgen
