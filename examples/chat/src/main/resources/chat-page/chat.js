// A full client of the relay: no library and no protocol, a WebSocket and two fields of JSON that this page agrees on
// with itself. What is no such JSON (somebody's PUBLISH) is shown as news.
'use strict';

const log = document.getElementById('log');
const state = document.getElementById('state');
const form = document.getElementById('form');
const nameField = document.getElementById('name');
const textField = document.getElementById('text');
const sendButton = form.querySelector('button');

const url = new URL('chat', location.href);
url.protocol = url.protocol.replace('http', 'ws');
let socket;
let failures = 0;

function connect() {
  socket = new WebSocket(url);
  socket.onopen = () => {
    failures = 0;
    show('connected', true);
  };
  socket.onmessage = event => add(read(event.data));
  socket.onclose = () => {
    const seconds = Math.min(10, 2 ** failures++) * Math.random();
    show('not connected, trying again …', false);
    setTimeout(connect, seconds * 1000);
  };
}

function show(text, connected) {
  state.textContent = text;
  sendButton.disabled = !connected;
}

function read(data) {
  try {
    const message = JSON.parse(data);
    if (typeof message.name === 'string' && typeof message.text === 'string') {
      return { kind: 'theirs', who: message.name, text: message.text };
    }
  } catch (notJson) {
    // Somebody else's message: shown as it is.
  }
  return { kind: 'news', who: 'news', text: String(data) };
}

function add({ kind, who, text }) {
  const message = document.createElement('div');
  message.className = `message ${kind}`;
  const author = document.createElement('span');
  author.className = 'who';
  author.textContent = who;
  message.append(author, text);
  log.append(message);
  while (log.childElementCount > 500) log.firstElementChild.remove();
  log.scrollTop = log.scrollHeight;
}

form.addEventListener('submit', event => {
  event.preventDefault();
  if (socket.readyState !== WebSocket.OPEN) return;
  const message = { name: nameField.value.trim(), text: textField.value };
  socket.send(JSON.stringify(message));
  add({ kind: 'mine', who: message.name, text: message.text });
  sessionStorage.setItem('name', message.name);
  textField.value = '';
  textField.focus();
});

nameField.value = sessionStorage.getItem('name') || `guest-${Math.floor(Math.random() * 1000)}`;
connect();
