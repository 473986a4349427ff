
# Names of datasets, as the server tells them. They are compared as texts and quoted: what a name
# holds is never run.
# They are kept for a minute in this shell, as long as the same server is asked with the same key:
# what a subshell learns is forgotten, and so is what failed.
_whence_ask_dataset_names() {
    local whom names
    whom="$1|$WHENCE_SERVER|$(printf '%s' "$WHENCE_API_KEY" | cksum)"
    if [ "$whom" = "$_whence_names_of" ] && [ "$((SECONDS - _whence_names_at))" -le 60 ]; then
        return
    fi
    _whence_names=
    _whence_names_of=
    if names=$("$1" datasets --names 2>/dev/null </dev/null); then
        _whence_names=$names
        _whence_names_of=$whom
        _whence_names_at=$SECONDS
    fi
}

# Whether a dataset may stand here, by the words before that are no options.
_whence_takes_dataset() {
    case "$*" in
    load | datasets | 'urls '?* | compare* | 'export set'* | 'export urls '?*) return 0 ;;
    *) return 1 ;;
    esac
}

_complete_whence_and_datasets() {
    _complete_whence "$@"
    local current name word
    current=$2
    local before=()
    for word in "${COMP_WORDS[@]:1:$((COMP_CWORD - 1))}"; do
        case "$word" in
        -*) ;;
        *) before+=("$word") ;;
        esac
    done
    case "$current" in -*) return ;; esac
    _whence_takes_dataset "${before[@]}" || return
    _whence_ask_dataset_names "$1"
    while IFS= read -r name; do
        case "$name" in
        '') ;;
        "$current"*) COMPREPLY+=("$(printf '%q' "$name")") ;;
        esac
    done <<< "$_whence_names"
}

complete -F _complete_whence_and_datasets -o default whence
