/** What happens to the connection, or to the answer on its way. */
import type { Socket } from 'node:net';
import { operations, withBody, type Answer } from '../answers.ts';
import { jsonOperations, stsOperations, type Kind, type Meaning } from './kind.ts';

const unreachable: Meaning = { lost: 'network' };
const malformed: Meaning = { lost: 'malformed' };

/** The answer's head with these lines, and then these bytes. */
function onTheWire(answer: Answer, lines: readonly string[], body: Buffer | string = ''): Buffer {
  const head = [`HTTP/1.1 ${answer.status} OK`, ...lines, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
}

function length(bytes: number): string {
  return `Content-Length: ${bytes}`;
}

function toEveryone(name: string, means: Meaning, wire: (socket: Socket, answer: Answer) => void): Kind {
  return { name, meets: operations, means, change: (answer) => ({ wire: (socket) => wire(socket, answer) }) };
}

function hanging(name: string, wire: (socket: Socket, answer: Answer) => void): Kind {
  return { ...toEveryone(name, unreachable, wire), hangs: true };
}

const half = (body: Buffer) => body.subarray(0, Math.floor(body.length / 2));

export const wireKinds: readonly Kind[] = [
  toEveryone('the connection is reset before the answer', unreachable, (socket) => void socket.resetAndDestroy()),
  toEveryone('the connection is closed before the answer', unreachable, (socket) => void socket.end()),
  hanging('never an answer', () => {}),
  hanging('an answer that stops in its head', (socket) => void socket.write('HTTP/1.1 200 O')),
  toEveryone('a banner of another protocol', unreachable, (socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n')),
  toEveryone('two lengths', unreachable, (socket, answer) =>
    socket.end(onTheWire(answer, [length(answer.body.length), length(3)], answer.body)),
  ),
  toEveryone('a length that is no number', unreachable, (socket, answer) =>
    socket.end(onTheWire(answer, ['Content-Length: some'], answer.body)),
  ),
  toEveryone('a header of 64 KB', unreachable, (socket, answer) =>
    socket.end(onTheWire(answer, [`X-Padding: ${'x'.repeat(65_536)}`, length(answer.body.length)], answer.body)),
  ),
  toEveryone('a header line without a colon', unreachable, (socket, answer) =>
    socket.end(onTheWire(answer, ['no header', length(answer.body.length)], answer.body)),
  ),
  toEveryone('half of the promised body', malformed, (socket, answer) =>
    socket.end(onTheWire(answer, [length(answer.body.length)], half(answer.body))),
  ),
  toEveryone('a body without its last chunk', malformed, (socket, answer) =>
    socket.end(onTheWire(answer, ['Transfer-Encoding: chunked'], `1\r\n${answer.body.toString('latin1', 0, 1)}\r\n`)),
  ),
  toEveryone('a chunk whose length is no number', malformed, (socket, answer) =>
    socket.end(onTheWire(answer, ['Transfer-Encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n')),
  ),
  hanging('a body that trickles for ever', (socket, answer) => {
    socket.write(onTheWire(answer, ['Transfer-Encoding: chunked']));
    const trickle = setInterval(() => socket.write('1\r\n \r\n'), 50);
    socket.on('close', () => clearInterval(trickle));
  }),
  {
    name: 'half of the body, as if it were all',
    meets: operations,
    means: malformed,
    change: (answer) => withBody(answer, half(answer.body)),
  },
  {
    name: 'more than 8 MB',
    meets: operations,
    means: malformed,
    change: (answer) => withBody(answer, Buffer.concat([answer.body, Buffer.alloc(8 * 1024 * 1024 + 1, ' ')])),
  },
  {
    name: 'compressed, though nobody asked for that',
    meets: jsonOperations,
    means: malformed,
    change: (answer) => withBody(answer, Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3])),
  },
  // The proxy does not know that it has answered so: another request on such a connection would wait for ever.
  toEveryone('in chunks', 'same', (socket, answer) => {
    const chunks = [half(answer.body), answer.body.subarray(half(answer.body).length)].filter(
      ({ length: size }) => size > 0,
    );
    socket.write(onTheWire(answer, ['Connection: close', 'Transfer-Encoding: chunked']));
    for (const chunk of chunks) {
      socket.write(`${chunk.length.toString(16)}\r\n`);
      socket.write(chunk);
      socket.write('\r\n');
    }
    socket.end('0\r\n\r\n');
  }),
  toEveryone('without a length, to the end of the connection', 'same', (socket, answer) =>
    socket.end(onTheWire(answer, ['Connection: close'], answer.body)),
  ),
  toEveryone('twice', 'same', (socket, answer) => {
    const whole = onTheWire(answer, [length(answer.body.length)], answer.body);
    socket.write(Buffer.concat([whole, whole]));
  }),
  toEveryone('after a hint that it will come', 'same', (socket, answer) =>
    socket.end(
      Buffer.concat([
        Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n'),
        onTheWire(answer, ['Connection: close', length(answer.body.length)], answer.body),
      ]),
    ),
  ),
  ...(['reset', 'half'] as const).map((how): Kind => ({
    name: how === 'reset' ? 'a reset, three times and then no more' : 'half of the body, three times and then whole',
    meets: operations,
    times: 3,
    // A write is not tried again by itself; the pool is read, and says that it was carried out.
    means: 'same',
    change: (answer) =>
      how === 'reset' ? { wire: (socket) => socket.resetAndDestroy() } : withBody(answer, half(answer.body)),
  })),
  {
    name: 'an XML answer with a second root',
    meets: stsOperations,
    // What stands in the first root is the whole answer, and says whose credentials these are.
    means: 'same',
    change: (answer) => withBody(answer, `${answer.body.toString()}<Second/><`),
  },
];
