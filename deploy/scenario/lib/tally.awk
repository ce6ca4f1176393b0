# Counts what siege -v prints: answers by second and status with their times, then siege's own report as it stands.
function note(status, seconds,    now) {
  now = systime()
  if (!began) began = now
  last = now - began
  statuses[status] = 1
  count[last, status]++
  spent[last, status] += seconds
  if (seconds > longest[last, status]) longest[last, status] = seconds
}
/^HTTP\// { note($2, $3 + 0); next }
/error.*socket:/ { note("none", 0); next }
/^[A-Z][a-z ]+:/ { print; reported = 1 }
function report(    key, part, good, bad, time, slowest) {
  for (key in count) {
    split(key, part, SUBSEP)
    if (part[2] == "none" || part[2] >= 500) { bad += count[key]; continue }
    good += count[key]
    time += spent[key]
    if (longest[key] > slowest) slowest = longest[key]
  }
  if (good + bad == 0) return
  printf "Transactions: %d hits\nAvailability: %.2f %%\n", good, 100 * good / (good + bad)
  printf "Response time: %.2f secs\nTransaction rate: %.2f trans/sec\n", good ? time / good : 0, good / (last + 1)
  printf "Failed transactions: %d\nLongest transaction: %.2f\n", bad, slowest
}
END {
  # siege was killed before it gave its own report.
  if (!reported) report()
  for (second = 0; second <= last; second++)
    for (status in statuses)
      if (count[second, status])
        printf "second %d status %s count %d mean %.3f longest %.2f\n", second, status, count[second, status],
          spent[second, status] / count[second, status], longest[second, status]
}
