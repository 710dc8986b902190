"""A password or token that is given where it would be written down is refused, and reaches no
message and no file."""
import pathlib

import pytest

from places import ROOT
from commands.own_recipe import Own

SECRET = "s3cretV4lue"
KEYS = ('keys: {HF_TOKEN: {type: secret}, DOOR: {type: secret}, WORD: {}}\n'
        'steps: [{id: s, rule: json, name: a.json, values: {k: "${WORD:-}"}}]\n')
URLS = [
    f"https://me:{SECRET}@a.example/f", f"https://me:x'{SECRET}@a.example/f",
    f'https://me:x"<{SECRET}@a.example/f', f"https://a.example/t/{SECRET}/channel",
    f"ssh://git:{SECRET}@a.example/f", f"https://a.example/f?hf_token={SECRET}",
    f"https://a.example/f?%74oken={SECRET}", f"https://a.example/f;jsessionid={SECRET}",
    f"https://a.example/f?Authorization={SECRET}", f"https://a.example/f?key={SECRET}",
    f"https://a.example/f?pass={SECRET}", f"https://a.example/f?hmac={SECRET}",
    f"https:/me:{SECRET}@a.example/f", f"https:me:{SECRET}@a.example/f"
]


def refused_in_silence(own, *words):
    done = own.configure(*words, code=1)
    assert "[secret-given]" in done.stderr and SECRET not in done.stdout + done.stderr, done.stderr
    found = [
        path for path in pathlib.Path(own.bench.run_directory).rglob("*")
        if path.is_file() and SECRET.encode() in path.read_bytes()
    ]
    assert not found, found


@pytest.mark.parametrize("url", URLS)
def test_a_url_with_a_secret(bench, url):
    own = Own(bench, KEYS)
    refused_in_silence(own, f"--env.WORD={url}")
    refused_in_silence(own, f"--mirror=https://b.example/={url}")
    refused_in_silence(own, f"--lock={url}")


def test_the_value_of_a_secret_key(bench):
    own = Own(bench, KEYS)
    for words in ([f"--env.HF_TOKEN={SECRET}"], [f"--env.DOOR={SECRET}"],
                  [f"--env.DOOR={SECRET}", "--env.NOTHING=1"], [f"--env.DOOR=two words {SECRET}"]):
        refused_in_silence(own, *words)
    own.write("recipes/presets.yaml",
              f'format: 1\npresets: {{p: {{about: a, recipe: app, env: {{DOOR: "{SECRET}"}}}}}}\n')
    refused_in_silence(own, "--preset=p")


def test_a_key_of_a_secret_name_that_nobody_declares(bench):
    done = Own(bench).configure(f"--env.MY_TOKEN={SECRET}", code=1)
    assert "MY_TOKEN" in done.stderr and SECRET not in done.stderr, done.stderr


def test_no_url_of_the_recipes_has_a_secret(bench):
    """Their parameters, such as Dropbox's rlkey, are no secrets; `check` reads each of them."""
    bench.run([bench.mlpgen, "check"], 0, MLPGEN_HOME=str(ROOT))


WORDS = [
    f"--model=https://user:{SECRET}@h.test/a", f"--model=https:/user:{SECRET}@h.test/a",
    f"--model=https://h.test/a?key={SECRET}", f"--model=https://h.test/a?token={SECRET}",
    f"--env.HF_TOKEN={SECRET}", f"--hf_token={SECRET}"
]


@pytest.mark.parametrize("word", WORDS)
def test_import_command_repeats_no_secret(bench, word):
    for form in ("text", "json"):
        command = f"cm run script --tags=run-mlperf,inference {word}"
        done = bench.run([bench.mlpgen, "import-command", f"--format={form}", command], None,
                         MLPGEN_HOME=str(ROOT))
        assert word.split("=")[
            0] in done.stdout and SECRET not in done.stdout + done.stderr, done.stdout + done.stderr


def test_import_command_repeats_no_secret_of_any_other_command(bench):
    """A URL in a tag, in a command that the shell splits at an & without quotes, and a variable
    before the program."""
    url = f"https://h.test/a?x=1&token={SECRET}"
    for command in (f"cm find script --tags='{url}'",
                    f"cm rm cache --tags=https://me:{SECRET}@h.test/a",
                    f"mlcr run-mlperf,inference --model={url}",
                    f"HF_TOKEN={SECRET} mlcr run-mlperf,inference",
                    f"cmr 'cm gui' --script=https:/me:{SECRET}@h.test"):
        for form in ("text", "json"):
            done = bench.run([bench.mlpgen, "import-command", f"--format={form}", command], None,
                             MLPGEN_HOME=str(ROOT))
            assert SECRET not in done.stdout + done.stderr, done.stdout + done.stderr
            assert "**" in done.stdout + done.stderr, done.stdout + done.stderr
