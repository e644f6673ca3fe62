#!/bin/sh
# Make this machine ready: Python, a browser with its driver, Japanese fonts, .venv with munibots.
# Run by `make setup`. Says what it installs before it does so, may be run again at any time, and where something is
# missing it ends with the next step.
set -eu
cd "$(dirname "$0")/.."

# fonts: print first; without these two the demo city cannot draw its forms.
NEEDED_FONTS="fonts-noto-cjk fonts-klee"
# More hands for the demo city; not every release of Debian and Ubuntu has each of them.
MORE_FONTS="fonts-seto fonts-kiloji fonts-yusei-magic fonts-yozvox-yozfont-standard-kana"
STAMP=.venv/.munibots-setup

say() { printf '%s\n' "▶ $*"; }

fail() { # fail REASON NEXT_STEP...
    printf '\n%s\n' "✗ $1" >&2
    shift
    printf '次にすること: %s\n' "$1" >&2
    shift
    for line in "$@"; do printf '              %s\n' "$line" >&2; done
    exit 1
}

# --- Debian packages ---------------------------------------------------------------------------------------------------

has_apt() { command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1; }

installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

# The version that apt would install; empty where apt knows none.
candidate() { LC_ALL=C apt-cache policy "$1" 2>/dev/null | sed -n 's/^  Candidate: //p' | grep -v '(none)' || true; }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@" </dev/null
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        fail "管理者の権限が要りますが、sudo がありません。" "管理者(root)で次を実行してから、もう一度 make を実行してください。" "$*"
    fi
}

UPDATED=no
apt_update() {
    if [ "$UPDATED" = no ]; then
        UPDATED=yes
        say "パッケージの一覧を新しくします(apt-get update)"
        as_root apt-get update -qq -o DPkg::Lock::Timeout=300 ||
            fail "apt-get update に失敗しました。" "ネットワークと /etc/apt/sources.list を確かめ、もう一度 make を実行してください。"
    fi
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" >"$LOG" 2>&1
}

# packages NEEDED|OPTIONAL NAME...: install what is missing.
packages() {
    kind=$1
    shift
    missing=
    for name in "$@"; do
        installed "$name" || missing="$missing $name"
    done
    [ -n "$missing" ] || return 0
    known=
    for name in $missing; do
        [ -n "$(candidate "$name")" ] || apt_update
        if [ -n "$(candidate "$name")" ]; then
            known="$known $name"
        elif [ "$kind" = NEEDED ]; then
            fail "この OS のパッケージに $name がありません。" \
                "Debian 12 以降か Ubuntu 22.04 以降(universe を有効にしたもの)で実行してください。" \
                "別の方法で入れたときは \`.venv/bin/munibots doctor\` で確かめられます。"
        else
            say "$name はこの OS にないので、入れずに進みます"
        fi
    done
    [ -n "$known" ] || return 0
    say "Debian パッケージを入れます:$known"
    # shellcheck disable=SC2086 # a list of names
    if ! apt_install $known; then
        apt_update # the lists may be older than the archive
        if ! apt_install $known; then
            if [ "$kind" = OPTIONAL ]; then
                say "入れられませんでした(なくても動きます):$known"
                return 0
            fi
            tail -n 15 "$LOG" >&2
            fail "パッケージを入れられません:$known" "上の表示を見て原因を直し、もう一度 make を実行してください。" \
                "手で入れるとき: sudo apt-get install$known"
        fi
    fi
}

# --- Python ------------------------------------------------------------------------------------------------------------

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for name in python3 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 && new_enough "$name"; then
            PYTHON=$(command -v "$name")
            return 0
        fi
    done
    fail "Python 3.11 以上が見つかりません(今の python3: $(python3 --version 2>/dev/null || echo なし))。" \
        "Debian 12 以降では: sudo apt-get install python3 python3-venv" \
        "Ubuntu 22.04 では:  sudo apt-get install python3.11 python3.11-venv" \
        "入れたら、もう一度 make を実行してください。"
}

need_venv_module() {
    "$PYTHON" -c 'import ensurepip, venv' >/dev/null 2>&1 && return 0
    version=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if has_apt; then
        packages NEEDED "python$version-venv"
    fi
    "$PYTHON" -c 'import ensurepip, venv' >/dev/null 2>&1 ||
        fail "Python $version に venv がありません。" "Python の venv と ensurepip を入れて、もう一度 make を実行してください。"
}

# --- Browser -----------------------------------------------------------------------------------------------------------

# Answers its version: the stub that Ubuntu puts in place of a browser does not.
works() { [ -n "$1" ] && "$1" --version >/dev/null 2>&1 </dev/null; }

first_working() {
    for name in "$@"; do
        path=$(command -v "$name" 2>/dev/null || true)
        if works "$path"; then
            printf '%s' "$path"
            return 0
        fi
    done
    return 1
}

has_browser() { first_working "${MUNIBOTS_BROWSER:-}" chromium google-chrome google-chrome-stable microsoft-edge-stable microsoft-edge chromium-browser >/dev/null; }
has_driver() { first_working "${MUNIBOTS_DRIVER:-}" chromedriver chromium.chromedriver msedgedriver >/dev/null; }

need_browser() {
    if has_browser && has_driver; then return 0; fi
    if has_apt; then
        [ -n "$(candidate chromium-driver)" ] || apt_update
        # Ubuntu's packages of these names only send you to snap.
        case "$(candidate chromium-driver)" in
        '' | *snap*) ;;
        *) packages NEEDED chromium chromium-driver ;;
        esac
    fi
    if has_browser && has_driver; then return 0; fi
    if command -v snap >/dev/null 2>&1; then
        say "Chromium を snap で入れます(この OS の apt には Chromium の本体がありません): snap install chromium"
        as_root snap install chromium || say "snap install chromium に失敗しました"
        PATH="$PATH:/snap/bin"
    fi
    if has_browser && has_driver; then return 0; fi
    missing=
    has_browser || missing="ブラウザ(Chromium、Chrome または Edge)"
    has_driver || missing="${missing:+${missing}と}ブラウザと同じ版のドライバー(chromedriver)"
    fail "$missing が見つかりません。" \
        "Debian では: sudo apt-get install chromium chromium-driver" \
        "Ubuntu では: sudo snap install chromium" \
        "snap も使えない端末では: https://googlechromelabs.github.io/chrome-for-testing/ の chrome と chromedriver(同じ版)を置き、" \
        "環境変数 MUNIBOTS_BROWSER と MUNIBOTS_DRIVER でそれぞれのファイルを指定します" \
        "入れたら、もう一度 make を実行してください。"
}

# --- .venv -------------------------------------------------------------------------------------------------------------

# What the environment was made from: when none of it changed there is nothing to do.
fingerprint() {
    printf '%s\n' "$(pwd)" "$("$PYTHON" --version)"
    cksum pyproject.toml src/munibots/__init__.py tools/setup.sh
}

# uv reads neither pip's configuration nor the machine's certificates by itself; closed networks need both.
prepare_uv() {
    export UV_PYTHON_DOWNLOADS=never
    if [ -r /etc/ssl/certs/ca-certificates.crt ]; then
        export UV_SYSTEM_CERTS=true
    fi
    index=${PIP_INDEX_URL:-$(.venv/bin/python -m pip config get global.index-url 2>/dev/null || true)}
    if [ -n "$index" ] && [ -z "${UV_DEFAULT_INDEX:-}" ]; then
        export UV_DEFAULT_INDEX="$index"
    fi
}

make_venv() {
    if [ -f "$STAMP" ] && [ "$(cat "$STAMP")" = "$(fingerprint)" ] && .venv/bin/python -c '' 2>/dev/null; then
        return 0
    fi
    rm -f "$STAMP"
    if ! new_enough .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        say "Python の環境 .venv を作ります($("$PYTHON" --version))"
        "$PYTHON" -m venv --clear .venv ||
            fail ".venv を作れません。" "このフォルダに書き込めるか、空き容量が 2 GB あるかを確かめてください。"
    fi
    say "munibots と使うライブラリを .venv に入れます(初めは 1〜2 分)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.11' >"$LOG" 2>&1 && prepare_uv &&
        .venv/bin/uv pip install --quiet --python .venv/bin/python --editable . --group tox >"$LOG" 2>&1 || {
        tail -n 15 "$LOG" >&2
        fail "ライブラリを入れられません。" \
            "PyPI(https://pypi.org)につながるか、空き容量が 2 GB あるかを確かめ、もう一度 make を実行してください。" \
            "プロキシは環境変数 HTTPS_PROXY、庁内のミラーは PIP_INDEX_URL で指定できます。"
    }
    fingerprint >"$STAMP"
}

LOG=$(mktemp)
trap 'rm -f "$LOG"' EXIT
trap 'exit 130' INT TERM

find_python
need_venv_module
need_browser
if has_apt; then
    # shellcheck disable=SC2086 # lists of names
    packages NEEDED $NEEDED_FONTS
    # Asked for once: a release that lacks one would otherwise be asked at every run.
    # shellcheck disable=SC2086
    [ -f "$STAMP" ] || packages OPTIONAL $MORE_FONTS
else
    say "apt がない端末なので、日本語フォントは入れません(\`.venv/bin/munibots doctor\` で確かめてください)"
fi
make_venv
say "準備ができました"
