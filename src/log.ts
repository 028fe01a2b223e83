/** Logs are events with fields; the names are the metrics' names. Secrets are redacted where the line is written. */
export type LogEvent = Readonly<Record<string, unknown>> & { readonly event: string }

export type Log = (event: LogEvent) => void
