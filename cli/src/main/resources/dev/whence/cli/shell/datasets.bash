
# Names of datasets, as the server tells them. They are compared as texts and quoted: what a name
# holds is never run.
# They are kept for a minute in this shell: what a subshell learns is forgotten.
_whence_ask_dataset_names() {
    if [ -z "$_whence_names_at" ] || [ "$((SECONDS - _whence_names_at))" -gt 60 ]; then
        _whence_names=$("$1" datasets --names 2>/dev/null </dev/null)
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
