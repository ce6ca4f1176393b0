/** Each fault, and how often it strikes where it can, in a run of medium harshness. */
export const faultRates = {
  'crash before a call': 0.0015,
  'crash after a call': 0.002,
  'process frozen': 0.0006,
  'clock jumps': 0.0006,
  'database unreachable': 0.004,
  'database down for a while': 0.0004,
  'commit fails without a word': 0.006,
  'commit applied, answer lost': 0.012,
  'commit applied after its connection was lost': 0.006,
  'value refused by the database': 0.006,
  'log unreachable': 0.002,
  'log down for a while': 0.0003,
  'records appended, answer lost': 0.02,
  'offsets moved, answer lost': 0.01,
  'offsets of a group set back': 0.03,
  'record in the log twice': 0.06,
  'record copied to another partition': 0.5,
  'unreadable record in the log': 0.02,
  'hint lost': 0.05,
  'request lost': 0.015,
  'request delivered twice': 0.015,
  'reply lost': 0.02,
  'reply late': 0.02,
  'service unreachable for a while': 0.002,
  'marketing slow': 0.03,
  'slow moment': 0.01,
} as const;

export type FaultKind = keyof typeof faultRates;
export const faultKinds = Object.keys(faultRates) as readonly FaultKind[];
