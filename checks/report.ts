/** What a check found: nothing wrong when `violations` is empty. */
export interface Findings {
  readonly violations: readonly string[];
  /** One line with numbers: what was looked at. */
  readonly checked: string;
}

/** Prints findings and makes the process exit 1 when there are violations. */
export function report(name: string, { violations, checked }: Findings): void {
  for (const violation of violations) console.log(`  ✗ ${violation}`);
  const outcome = violations.length === 0 ? 'ok' : `${violations.length} violations`;
  console.log(`${name}: ${outcome} · ${checked}`);
  if (violations.length > 0) process.exitCode = 1;
}
