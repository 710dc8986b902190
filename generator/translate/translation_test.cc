#include "translate/translation.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "text/text.h"

using namespace mlpgen;

namespace {

// Two recipes in a folder that is gone at the end.
class Bench {
 public:
  Bench() {
    add("app",
        "tags: [run, app]\nflags: {batch_size: {env: CM_B, type: int, help: b}, backend: {env: "
        "CM_F, "
        "help: f}, mode: {env: CM_M, help: m}, scenario: {env: CM_S, choices: [Offline, Server], "
        "help: s}, framework_x: {env: CM_X, help: x}}\n"
        "variations: {fast: {}, make: {}, r4.1: {}, two-words: {}}\ntargets: {model: {about: m}, "
        "accuracy: {about: a}, tree: {about: t, variation: make}}\n");
    add("get-lib", "tags: [get, lib]\n");
    add("get-lib-two", "tags: [get, lib, two]\n");
  }
  ~Bench() { std::filesystem::remove_all(folder_); }

  Translation translate(const std::string& text) {
    Sources sources;
    Sink sink;
    Library library({folder_}, sources, sink);
    Translation t = mlpgen::translate(split_commands(text).front(), library);
    if (const Recipe* r = t.recipe.empty() ? nullptr : library.recipe(t.recipe))
      target = target_of(t, *r);
    return t;
  }
  // The words of the request.
  std::string words(const std::string& text) { return join(request_words(translate(text)), " "); }

  std::string target;  // of the last translation

 private:
  void add(const std::string& id, const std::string& rest) {
    std::filesystem::create_directories(folder_ + "/recipes/t/" + id);
    std::ofstream(folder_ + "/recipes/t/" + id + "/recipe.yaml")
        << "format: 1\nrecipe: " << id << "\nabout: x\n"
        << rest;
  }
  std::string folder_ =
      std::filesystem::temp_directory_path() / ("translation_test." + std::to_string(getpid()));
};

}  // namespace

TEST_CASE(
    "flags are taken in their spelling here, keys and handles with the names of the recipes") {
  Bench b;
  CHECK(b.words("cm run script --tags=run,app,_fast,-_make --batch-size=2 --framework=x") ==
        "app _fast -_make --batch_size=2 --backend=x");
  CHECK(
      b.words("mlcr run,app --env.MLC_B=1 --adr.lib.env.MLC_X=2 --ad.lib.tags=_y --const.CM_Z=3") ==
      "app --env.CM_B=1 --adr.lib.env.CM_X=2 --adr.lib.tags=_y --env.CM_Z=3");
  CHECK(b.words("mlcr run,app --add_deps_recursive.lib.tags=_x --add-deps.lib.env.MLC_X=2 "
                "--local_env.MLC_B=1 --local_const.CM_Z=3") ==
        "app --adr.lib.tags=_x --adr.lib.env.CM_X=2 --env.CM_B=1 --env.CM_Z=3");
  CHECK(b.words("mlcr --tags,=run,app --version_min=1.2") == "app --version_min=1.2");
  CHECK(b.words("mlcr run,app,_r4.1-dev,_r9.9-dev,_two_words,-_two_words") ==
        "app _r4.1 _r9.9-dev _two-words -_two-words");
}

TEST_CASE("options that have no equal say why") {
  Bench b;
  Translation t = b.translate("cmr 'run app' --quiet -v --mode='' --batch_sise=2 @in.yaml");
  CHECK(join(request_words(t), " ") == "app");
  CHECK(t.words.size() == 5);
  for (const TranslatedWord& w : t.words) CHECK_FALSE(w.why.empty());
  for (size_t i : {0, 1, 2}) CHECK_FALSE(t.words[i].needed);
  for (size_t i : {3, 4}) CHECK(t.words[i].needed);
  CHECK(t.words[3].why.find("did you mean 'batch_size'?") != std::string::npos);
}

TEST_CASE("a choice is taken in any case, and a comma behind a name is MLC's list") {
  Bench b;
  CHECK(b.words("mlcr run,app --scenario=server,OFFLINE") == "app --scenario=Server,Offline");
  CHECK(b.words("mlcr run,app --framework_x,=a,b") == "app --framework_x=a,b");
}

TEST_CASE("words that select what is measured are told apart from the others") {
  Bench b;
  Translation t = b.translate(
      "mlcr run,app,_fast,_odd --scenario=Sever --batch_sise=1 --precision=int8 --adr.lib.tags=_x "
      "--env.MLC_MLPERF_MODEL=x --env.MLC_B=1 --pull_changes=yes");
  std::vector<std::string> selecting;
  for (const TranslatedWord& w : t.words)
    if (w.selects) selecting.push_back(w.word);
  CHECK(join(selecting, " ") ==
        "_fast _odd --scenario=Sever --precision=int8 --adr.lib.tags=_x --env.MLC_MLPERF_MODEL=x");
  CHECK(without_equal(t, true).size() == 1);  // --precision; the resolver judges the rest
  CHECK(without_equal(t, false).size() == 2);
}

TEST_CASE("an option that is another spelling of what selects, or a choice of it, selects") {
  Bench b;
  for (const char* word : {"--SCENARIO=Server",
                           "--Scenario",
                           "--server",
                           "--fast",
                           "--two-words",
                           "--two_words",
                           "--r4.1",
                           "--input.scenario=Server",
                           "--adr.mlperf-implementation.version=custom",
                           "--add_deps_recursive.x.tags=_y",
                           "--add_deps.x.tags=_y",
                           "--ad.x.skip_if_env.Y=z",
                           "--adr.x-model.version=2",
                           "--adr={}",
                           "--local_env.MLC_SYSTEM_POWER=yes",
                           "--default_env.CM_S=Server",
                           "--state.x.y=1",
                           "--const_state.x=1",
                           "--mlc_input_file=run.yaml",
                           "--artifact=x",
                           "--",
                           "--env={}"})
    CHECK_MESSAGE(b.translate("mlcr run,app " + std::string(word)).words.at(0).selects, word);
  for (const char* word : {"--quiet", "--pull_changes=yes",
                           "--add_deps_recursive.python.version=3.8", "--adr.python.name=mlperf"})
    CHECK_MESSAGE(!b.translate("mlcr run,app " + std::string(word)).words.at(0).selects, word);
}

TEST_CASE("a placeholder is kept, and a value resolves in its place") {
  Bench b;
  Translation t = b.translate("mlcr run,app --batch_size=<HOW MANY> --mode=$MODE --scenario=${S}");
  CHECK(t.words[0].equal == "--batch_size=<HOW MANY>");
  CHECK(t.words[0].trial == "--batch_size=1");
  CHECK(t.words[0].why == "put a value in place of <HOW MANY>");
  CHECK(t.words[1].equal.empty());  // it says what is measured
  CHECK(t.words[2].why == "put a value in place of ${S}, which selects what is measured");
  CHECK(join(request_words(t), " ") == "app --batch_size=1");
}

TEST_CASE("scripts that work on folders of earlier runs name the target that does it") {
  Bench b;
  for (const auto& [command, part] :
       {std::pair{"mlcr generate,inference,submission --division=closed", "`ninja submission`"},
        std::pair{"mlcr run,mlperf,submission,checker,inference", "`ninja check`"},
        std::pair{"mlcr run,mlperf,inference,accuracy,truncator", "truncate-accuracy-log"},
        std::pair{"mlcr run,accuracy,mlperf,_openorca --result_dir=<where>", "`ninja accuracy`"}}) {
    Translation t = b.translate(command);
    CHECK(t.understood);
    CHECK(t.recipe.empty());
    CHECK(t.why.find(part) != std::string::npos);
  }
}

TEST_CASE("the target is that of a variation or of the mode") {
  Bench b;
  b.translate("cmr 'run app _make'");
  CHECK(b.target == "tree");
  b.translate("cmr 'run app' --mode=accuracy");
  CHECK(b.target == "accuracy");
  b.translate("cmr 'run app _fast'");
  CHECK(b.target.empty());
}

TEST_CASE("tags that select no recipe or several say which are near") {
  Bench b;
  Translation none = b.translate("cm run script --tags=get,lib,three");
  CHECK_FALSE(none.understood);
  CHECK(none.why == "no recipe has the tags get,lib,three; none has 'three'");
  CHECK(none.help.find("get-lib, get-lib-two") != std::string::npos);
  CHECK_FALSE(b.translate("cm run script --tags=get,lib").understood);
  CHECK(b.translate("cm run script --tags=get,lib").why.find("several") == 0);
}

TEST_CASE("other commands have a line of their own, or a reason why none is needed") {
  Bench b;
  CHECK(b.translate("cm find script --tags=get,lib").lines ==
        std::vector<std::string>{"mlpgen find get,lib"});
  CHECK(b.translate("cmr 'run app' --help").lines == std::vector<std::string>{"mlpgen show app"});
  CHECK(b.translate("cm pull repo mlcommons@ck").understood);
  CHECK(b.translate("pip install cmind").understood);
  CHECK_FALSE(b.translate("cmr 'cm gui' --script='run,app'").understood);
  CHECK_FALSE(b.translate("ls -l").understood);
  CHECK(b.translate("cm show cache").lines == std::vector<std::string>{"mlpgen store list"});
  CHECK(b.translate("cm show cache --tags=get,_x").lines ==
        std::vector<std::string>{"mlpgen store show get,_x"});
  CHECK(b.translate("cm find cache --tags=get,lib").lines ==
        std::vector<std::string>{"mlpgen store find --tags=get,lib"});
  CHECK(b.translate("cm rm cache --tags=get,lib -f").lines ==
        std::vector<std::string>{"mlpgen store remove get,lib"});
  CHECK(b.translate("cm rm cache -f").lines == std::vector<std::string>{"mlpgen store gc"});
}
