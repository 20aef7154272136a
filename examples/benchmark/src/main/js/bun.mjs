// A chat by Bun's own publish: what one client sends goes to all others. Prints its port.
import { RedisClient } from "bun";

const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  fetch(request, server) {
    return server.upgrade(request) ? undefined : new Response(null, { status: 426 });
  },
  websocket: {
    open: (socket) => socket.subscribe("chat"),
    message: (socket, text) => socket.publish("chat", text),
  },
});

const redisUri = process.argv[2];
if (redisUri) {
  const redis = new RedisClient(redisUri);
  await redis.subscribe("chat", (text) => server.publish("chat", text));
}
console.log(server.port);
