// Notes on disk against notes in .done.
#include "edge/check.h"

#include <sys/stat.h>

#include <algorithm>
#include <map>

#include "file/file.h"

namespace mlpgen {
namespace {

// What the `.done` of an input's maker says of it; read once for each artifact.
class Makers {
 public:
  // Nothing where no finished artifact holds `path`.
  std::optional<PathNote> note(const std::string& path) {
    std::string artifact = artifact_of(path);
    if (artifact.empty()) return std::nullopt;
    auto [at, added] = read_.try_emplace(artifact);
    if (added)
      if (Result<DoneFile> done = read_done(artifact)) at->second = std::move(*done);
    if (!at->second) return std::nullopt;
    return at->second->known_under(path.size() > artifact.size() ? path.substr(artifact.size() + 1)
                                                                 : "");
  }

 private:
  std::map<std::string, std::optional<DoneFile>> read_;
};

// The note of an input, hashing as little as can be.
Result<std::optional<PathNote>> input_note(const StepInput& input, const PathNote* own,
                                           Makers& makers, Hashing hashing) {
  std::vector<const PathNote*> known;
  if (own) known.push_back(own);
  Result<std::optional<PathNote>> note = note_of(input.path, input.path, known, Hashing::kNever);
  if (!note || *note) return note;
  std::optional<PathNote> made = makers.note(input.path);
  if (made) known.push_back(&*made);
  return note_of(input.path, input.path, known, hashing);
}

bool same_stamps(const PathNote& a, const PathNote& b) {
  if (!a.folder) return a.stamp == b.stamp;
  return std::equal(a.files.begin(), a.files.end(), b.files.begin(), b.files.end(),
                    [](const FileNote& x, const FileNote& y) { return x.stamp == y.stamp; });
}

// Adds one path's comparison to the whole; false where nothing more need be looked at.
bool compare(Check& check, const PathNote* before, const Result<std::optional<PathNote>>& now,
             const std::string& path, std::vector<PathNote>& list) {
  if (!now) {
    check.verdict = Verdict::kOther;
    check.why = exists(path) ? now.error().message : path + " is missing";
    return false;
  }
  if (!*now) {
    check.verdict = Verdict::kUnsure;
    return false;
  }
  if (!before || before->folder != (*now)->folder || before->digest != (*now)->digest) {
    check.verdict = Verdict::kOther;
    check.why = path + (before ? " has changed" : " is new");
    return false;
  }
  if (!same_stamps(*before, **now)) check.verdict = Verdict::kSameBytes;
  list.push_back(**now);
  return true;
}

Error missing_input(const std::string& path) {
  std::string maker = maker_of(".", path);
  Error e{"the input " + path + " is missing", "run ninja again"};
  if (!maker.empty()) e.message += "; " + maker + " makes it";
  if (maker.empty() && artifact_of(path).empty())
    e.help = "put the file back, or run `mlpgen configure` again";
  return e;
}

Error unfinished_input(const std::string& path) {
  std::string artifact = artifact_of(path);
  if (exists(artifact + "/.done"))
    return {artifact + "/.done, which says how " + maker_of(".", path) + " made " + path +
                ", is damaged",
            "make it again: `rm " + artifact + "/.done`, then ninja"};
  Error e = missing_input(path);
  e.message = "the input " + path + " is not finished" +
              e.message.substr(e.message.find(" is missing") + 11);
  return e;
}

// The first file of a folder in which it is not as it was made; the folder itself where one was
// added.
std::string changed_file(const PathNote& now, const PathNote& made) {
  std::string folder = now.name + (now.name.ends_with('/') ? "" : "/");
  for (const FileNote& f : made.files) {
    auto at =
        std::lower_bound(now.files.begin(), now.files.end(), f.name,
                         [](const FileNote& n, const std::string& name) { return n.name < name; });
    if (at == now.files.end() || at->name != f.name || at->digest != f.digest)
      return folder + f.name;
  }
  return !made.digest.empty() && made.digest != now.digest ? now.name : "";
}

// An input must have the bytes that its maker noted.
Status same_as_made(const StepInput& input, const PathNote& now,
                    const std::optional<PathNote>& made) {
  std::string changed = made ? changed_file(now, *made) : "";
  if (changed.empty()) return Done{};
  std::string artifact = artifact_of(input.path);
  if (!input.fetched)
    return Error{changed + " has changed since " + maker_of(".", input.path) + " made it",
                 "make it again: `rm " + artifact + "/.done`, then ninja"};
  Error e{"the fetched " + changed + " has changed since it was verified",
          "`mlpgen store verify` checks the copy in the store"};
  if (!now.folder) e.message += ": its SHA-256 is " + now.digest + ", not " + made->digest;
  if (!artifact.empty()) e.help = "fetch it again: `rm -r " + artifact + "`, then ninja; " + e.help;
  return e;
}

}  // namespace

std::vector<std::string> noted_outputs(const Step& step) {
  std::vector<std::string> names = step.outputs;
  const std::string record = "measurement.json";
  if (step.mode == Mode::kMeasure && std::find(names.begin(), names.end(), record) == names.end())
    names.push_back(record);
  return names;
}

Check check_artifact(const Step& step, const DoneFile& done, Hashing hashing) {
  Check check{Verdict::kSame, {step.identity, {}, {}}, ""};
  std::vector<std::string> names = noted_outputs(step);
  if (done.identity != step.identity || done.outputs.size() != names.size() ||
      done.inputs.size() != step.inputs.size())
    return {Verdict::kOther, {}, step.directory + "/.done is of another configuration"};
  for (const std::string& name : names) {
    std::string path = step.directory + "/" + name;
    const PathNote* before = done.output(name);
    const PathNote* known[] = {before};
    auto now = note_of(path, name, std::span(known, before ? 1 : 0), hashing);
    if (!compare(check, before, now, path, check.now.outputs)) return check;
  }
  Makers makers;
  for (size_t i = 0; i < step.inputs.size(); ++i) {
    const StepInput& input = step.inputs[i];
    const PathNote* before = done.input(input.path);
    // An installation that moved: the same source has another path, at the same place of the list.
    bool source = artifact_of(input.path).empty() && artifact_of(done.inputs[i].name).empty();
    if (!before && source) before = &done.inputs[i];
    auto now = input_note(input, before, makers, hashing);
    if (!compare(check, before, now, input.path, check.now.inputs)) return check;
  }
  return check;
}

Result<std::vector<PathNote>> verify_inputs(const Step& step, const DoneFile* done) {
  std::vector<PathNote> notes;
  Makers makers;
  for (const StepInput& input : step.inputs) {
    if (!exists(input.path)) return missing_input(input.path);
    const PathNote* own = done ? done->input(input.path) : nullptr;
    Result<std::optional<PathNote>> note = input_note(input, own, makers, Hashing::kAllowed);
    if (!note) return note.error();
    std::optional<PathNote> made = makers.note(input.path);
    if (!made && !artifact_of(input.path).empty()) return unfinished_input(input.path);
    if (Status s = same_as_made(input, **note, made); !s) return s.error();
    notes.push_back(std::move(**note));
  }
  return notes;
}

Status inputs_unchanged(const std::vector<PathNote>& inputs) {
  for (const PathNote& before : inputs) {
    if (artifact_of(before.name).empty()) continue;
    const PathNote* known[] = {&before};
    Result<std::optional<PathNote>> now =
        note_of(before.name, before.name, known, Hashing::kAllowed);
    std::string changed = now ? changed_file(**now, before) : before.name;
    if (!changed.empty())
      return Error{
          "its command changed " + changed + ", which " + maker_of(".", before.name) + " made",
          "a command may write into ${out} only: let it copy what it changes"};
  }
  return Done{};
}

Result<std::vector<PathNote>> note_outputs(const Step& step, const std::string& folder) {
  std::vector<PathNote> notes;
  for (const std::string& name : noted_outputs(step)) {
    bool folder_wanted = name.ends_with('/');
    std::string path = folder + "/" + name.substr(0, name.size() - (folder_wanted ? 1 : 0));
    struct stat st {};
    if (stat(path.c_str(), &st) != 0)
      return Error{"the command ended well but its output " + name + " was not written", ""};
    if (S_ISDIR(st.st_mode) != folder_wanted)
      return Error{"its output " + name + " is a " +
                       (folder_wanted ? "file, not a folder" : "folder, not a file"),
                   ""};
    Result<std::optional<PathNote>> note = note_of(path, name, {}, Hashing::kAllowed);
    if (!note) return note.error();
    notes.push_back(std::move(**note));
  }
  return notes;
}

}  // namespace mlpgen
