// A chat by ws, the usual library of Node: what one client sends goes to all others. Prints its port.
import { once } from "node:events";
import { WebSocket, WebSocketServer } from "ws";
import { createClient } from "redis";

const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });

function sendToAllBut(sender, data) {
  for (const client of server.clients) {
    if (client !== sender && client.readyState === WebSocket.OPEN) {
      client.send(data, { binary: false });
    }
  }
}

server.on("connection", (socket) => socket.on("message", (data) => sendToAllBut(socket, data)));

const redisUri = process.argv[2];
if (redisUri) {
  const redis = createClient({ url: redisUri });
  await redis.connect();
  await redis.subscribe("chat", (text) => sendToAllBut(null, text));
}
if (!server.address()) {
  await once(server, "listening");
}
console.log(server.address().port);
