/** Counted as requests are sent and answered; read at any moment by the progress line and at the end by the summary. */
export interface ApiCounts {
  calls: number;
  throttled: number;
  retried: number;
}
