// Run inside a pod: blocks the event loop of its first process for good, as an endless loop in the code would. The
// process needs no switch for it: SIGUSR1 makes Node listen for a debugger inside the pod, which tells it to loop.
process.kill(1, 'SIGUSR1');
const inspector = 'http://127.0.0.1:9229/json/list';
let targets;
while (!targets) {
  targets = await fetch(inspector)
    .then((answer) => answer.json())
    .catch(() => new Promise((resolve) => setTimeout(resolve, 50)));
}
const socket = new WebSocket(targets[0].webSocketDebuggerUrl);
socket.onopen = () => {
  socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression: 'for (;;) {}' } }));
  setTimeout(() => process.exit(0), 500);
};
