import { Reader } from './sections.ts';

/*
 * Opcodes and their immediates: https://webassembly.github.io/spec/core/binary/instructions.html, with the proposals for
 * threads (0xfe) and exceptions in their legacy form (0x06 to 0x09, 0x18, 0x19).
 */
const CALL = 0x10;
const RETURN_CALL = 0x12;
const REF_FUNC = 0xd2;

/** Number of LEB128 immediates by opcode; -1: a form of its own, -2: no instruction. */
const NUMBERS = new Int8Array(256).fill(-2);
const give = (count: number, from: number, to = from) => NUMBERS.fill(count, from, to + 1);
give(0, 0x00, 0x01);
give(1, 0x02, 0x04);
give(0, 0x05);
give(1, 0x06, 0x09);
give(0, 0x0b);
give(1, 0x0c, 0x0d);
give(-1, 0x0e);
give(0, 0x0f);
give(1, CALL);
give(2, 0x11);
give(1, RETURN_CALL);
give(2, 0x13);
give(1, 0x18);
give(0, 0x19, 0x1b);
give(-1, 0x1c);
give(1, 0x20, 0x26);
give(2, 0x28, 0x3e);
give(1, 0x3f, 0x42);
give(-1, 0x43, 0x44);
give(0, 0x45, 0xc4);
give(1, 0xd0);
give(0, 0xd1);
give(1, REF_FUNC);
give(-1, 0xfc, 0xfe);

/** By second opcode behind 0xfc: conversions have none, then the operations on memory and tables. */
const BULK = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];
const FENCE = 3;

/** Calls `found` with each function that a body (locals and code) names. Throws on what it does not know. */
export function eachCall(body: Uint8Array, found: (index: number) => void): void {
  const reader = new Reader(body);
  for (let left = reader.unsigned(); left > 0; left--) {
    reader.skipNumber();
    reader.byte();
  }
  while (reader.at < body.length) {
    const opcode = reader.byte();
    if (opcode === CALL || opcode === RETURN_CALL || opcode === REF_FUNC) found(reader.unsigned());
    else {
      const numbers = NUMBERS[opcode]!;
      if (numbers < 0) skipSpecial(reader, opcode);
      else for (let i = 0; i < numbers; i++) reader.skipNumber();
    }
  }
}

function skipSpecial(reader: Reader, opcode: number): void {
  if (opcode === 0x43) reader.at += 4;
  else if (opcode === 0x44) reader.at += 8;
  else if (opcode === 0x0e) skipNumbers(reader, reader.unsigned() + 1);
  else if (opcode === 0x1c) skipNumbers(reader, reader.unsigned());
  else if (opcode === 0xfc) {
    const second = reader.unsigned();
    const numbers = BULK[second];
    if (numbers === undefined) throw unknown(reader, `0xfc ${second}`);
    skipNumbers(reader, numbers);
  } else if (opcode === 0xfe) skipNumbers(reader, reader.unsigned() === FENCE ? 1 : 2);
  else if (opcode === 0xfd) skipVector(reader);
  else throw unknown(reader, `0x${opcode.toString(16)}`);
}

/** Vector instructions: loads and stores have an alignment and an offset, some a lane; constants and shuffles 16 bytes. */
function skipVector(reader: Reader): void {
  const second = reader.unsigned();
  const onLane = second >= 84 && second <= 91;
  if (second <= 11 || onLane || second === 92 || second === 93) skipNumbers(reader, 2);
  if (second === 12 || second === 13) reader.at += 16;
  if ((second >= 21 && second <= 34) || onLane) reader.at += 1;
}

function skipNumbers(reader: Reader, count: number): void {
  for (let i = 0; i < count; i++) reader.skipNumber();
}

const unknown = (reader: Reader, what: string) =>
  new Error(`instruction ${what} before byte ${reader.at} of a function is not known here`);
