import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readCsv } from '../../bench/match/csv'
import { readDataSet } from '../../bench/match/datasets'
import { readExamples } from '../../bench/match/jsonl'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fixladder-bench-match-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Writes a file into the folder of these tests, and gives its whole name. */
function file(name: string, text: string): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}

test('reads labelled texts, and leaves the label out where a text means nothing of ours', () => {
  const path = file(
    'good.jsonl',
    '\uFEFF{"text":"album empty","label":"empty"}\r\n\n{"text":"pizza","label":"out_of_scope","more":1}\n',
  )
  expect(readExamples(path)).toEqual([{ text: 'album empty', label: 'empty' }, { text: 'pizza' }])
})

test.each([
  ['{"text":"a","label":"b"}\n\nhello', 'line 3: this is not JSON.'],
  ['{"text":"a"}', 'line 1: "label": a label is needed.'],
  ['{"text":"a","label":""}', 'line 1: "label": a label is needed.'],
  ['{"label":"a"}', 'line 1: "text": a text is needed.'],
  ['["a","b"]', 'line 1: this is no object.'],
  ['\n', 'holds no line.'],
])('tells what is wrong with %j', (text, problem) => {
  const path = file('bad.jsonl', text)
  expect(() => readExamples(path)).toThrow(problem)
  expect(() => readExamples(path)).toThrow('A line looks like {"text"')
})

test('tells which file is missing', () => {
  const path = join(folder, 'nowhere.jsonl')
  expect(() => readExamples(path)).toThrow(`There is no file ${path}.`)
})

test('reads CSV with commas, quotation marks and line ends in fields', () => {
  expect(readCsv('text,label\r\n"a, ""b""\nc",x\nplain,y')).toEqual([
    ['text', 'label'],
    ['a, "b"\nc', 'x'],
    ['plain', 'y'],
  ])
})

test('leaves validation texts out of the training ones when they are what is scored', () => {
  file('banking77/train.csv', 'text,category\nWhere is it?,card\n"Top  up, please",top_up\n')
  file('banking77/test.csv', 'text,category\nIs it here?,card\n')
  file('banking77/valid/seq.in', 'where is it?\n')
  file('banking77/valid/label', 'card\n')
  const topUp = { text: 'Top  up, please', label: 'top_up' }
  const valid = readDataSet(folder, 'bank_full', 'valid')
  expect(valid.train).toEqual([topUp])
  expect(valid.valid).toEqual([{ text: 'where is it?', label: 'card' }])
  const test = readDataSet(folder, 'bank_full', 'test')
  expect(test.train).toHaveLength(2)
  expect(test.test).toEqual([{ text: 'Is it here?', label: 'card' }])
})

test('keeps the out-of-scope texts of CLINC150 apart', () => {
  const one = (text: string, label: string) => [[text, label]]
  const data = {
    train: one('transfer 10', 'transfer'),
    val: one('send 10', 'transfer'),
    test: one('wire 10', 'transfer'),
    oos_train: one('who won', 'oos'),
    oos_val: one('who lost', 'oos'),
    oos_test: one('who played', 'oos'),
  }
  file('clinc150/data_full.json', JSON.stringify(data))
  const set = readDataSet(folder, 'clinc_full', 'test')
  expect(set.offTopic).toEqual([{ text: 'who won' }])
  expect(set.valid).toEqual([{ text: 'send 10', label: 'transfer' }, { text: 'who lost' }])
  expect(set.test).toEqual([{ text: 'wire 10', label: 'transfer' }, { text: 'who played' }])
})

test('tells what belongs where when a collection is missing or its files do not match', () => {
  expect(() => readDataSet(folder, 'hwu_5', 'valid')).toThrow(
    `There is no ${join(folder, 'hwu64')}.\nThe folder holds three collections`,
  )
  file('banking77/train_5/seq.in', 'one\ntwo\n')
  file('banking77/train_5/label', 'a\n')
  expect(() => readDataSet(folder, 'bank_5', 'valid')).toThrow('2 lines in seq.in and 1 in label')
  file('clinc150/data_full.json', '{}')
  expect(() => readDataSet(folder, 'clinc_full', 'valid')).toThrow('is not the file of clinc/oos')
})
