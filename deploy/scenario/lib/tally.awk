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
/^[A-Z][a-z ]+:/ { print }
END {
  for (second = 0; second <= last; second++)
    for (status in statuses)
      if (count[second, status])
        printf "second %d status %s count %d mean %.3f longest %.2f\n", second, status, count[second, status],
          spent[second, status] / count[second, status], longest[second, status]
}
