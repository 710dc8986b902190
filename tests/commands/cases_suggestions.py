"""What a mistyped word is answered with: the word that was meant."""
from commands.bench import has, has_not
from commands.own_recipe import Own
from places import ROOT

THREADS = """flags:
  num_threads: {env: CM_NUM_THREADS, help: threads, default: "1"}
  mode: {env: CM_MODE, help: m}
  model: {env: CM_MODEL, help: m}
steps:
  - {id: s, rule: json, name: a.json, values: {k: "${CM_NUM_THREADS} ${CM_MODE:-} ${CM_MODEL:-}"}}
"""


def case_swapped_letters_are_one_mistake(bench):
    has(Own(bench, THREADS).refused("unknown-flag", "--modle=x"), "did you mean '--model'?")


def case_find_knows_the_parts_of_names(bench):
    has(bench.refused("find", "fahsion", MLPGEN_HOME=str(ROOT)), "did you mean 'fashion'?")
    has(bench.ask("find", "fashion", MLPGEN_HOME=str(ROOT)), "fashion-mnist")


def case_explain_of_a_flag_names_its_key(bench):
    own = Own(bench, THREADS)
    own.configure()
    has(own.mlpgen("explain", "hum_threads", code=1).stderr, "help: ")
    has(own.mlpgen("explain", "threads", code=1).stderr, "did you mean 'CM_NUM_THREADS'?")


def case_a_summary_without_defaults_has_no_heading_for_them(bench):
    done = Own(bench).configure()
    has_not(done.stdout, "defaults")
    other = Own(bench, THREADS, "other")
    has(other.configure().stdout, "1 value that you did not set: -v lists them")
    has(other.configure("-v").stdout, "Defaults (not set by the request", "CM_NUM_THREADS = 1")
