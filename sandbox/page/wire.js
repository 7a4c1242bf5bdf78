// The wire to the sandbox: events come in, acts go out; it reconnects by itself.

const waiting = new Map();
let socket = null;
let nextRef = 1;

export function connect(onEvent, onState) {
  let pause = 300;
  const open = () => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    socket = new WebSocket(`${scheme}://${location.host}/live`);
    socket.addEventListener("open", () => { pause = 300; onState(true); });
    socket.addEventListener("message", ({ data }) => {
      const event = JSON.parse(data);
      if (event.event === "done") settle(event);
      else onEvent(event);
    });
    socket.addEventListener("close", () => {
      onState(false);
      for (const { reject } of waiting.values()) reject(new Error("Связь с песочницей прервалась"));
      waiting.clear();
      setTimeout(open, pause);
      pause = Math.min(5000, pause * 1.7);
    });
  };
  open();
}

function settle({ ref, result, error }) {
  const promise = waiting.get(ref);
  waiting.delete(ref);
  if (!promise) return;
  if (error) promise.reject(new Error(error));
  else promise.resolve(result);
}

export function act(name, given = {}) {
  return new Promise((resolve, reject) => {
    if (!socket || socket.readyState !== WebSocket.OPEN) return reject(new Error("Нет связи с песочницей"));
    const ref = nextRef++;
    waiting.set(ref, { resolve, reject });
    socket.send(JSON.stringify({ act: name, ref, ...given }));
  });
}

export async function upload(file, kind) {
  const query = new URLSearchParams({ name: file.name, kind });
  const answer = await fetch(`/upload?${query}`, { method: "POST", body: file });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told.file;
}
