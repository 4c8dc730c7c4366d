// Where one person stands on this device: the kinds of marks folded in order. The server folds the whole log by its own rules (docs/attendance.md);
// this only shows the tapped mark until its word comes back.
export const isPresent = (state) => ['in', 'late', 'left_early'].includes(state);

export function fold(before, item) {
  if (item.kind === 'guest') return { kind: item.kind, name: item.name, phone: item.phone, village: item.village, at: item.at };
  if (item.kind === 'report') {
    const { kind, state: _, report, at } = item;
    return { kind, report: { ...before?.report, ...report }, at };
  }
  const state = item.kind === 'out' ? (isPresent(before?.state) ? before.state : 'in') : item.kind;
  return {
    state,
    minutes: item.kind === 'out' ? before?.minutes : item.minutes,
    out: item.kind === 'out' ? item.at : undefined,
    at: item.at,
    walk_in: item.walk_in ?? before?.walk_in,
    name: item.name ?? before?.name,
    team: item.team ?? before?.team,
  };
}
