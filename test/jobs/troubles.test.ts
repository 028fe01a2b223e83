import { expect, it } from 'vitest'
import { createTroubleWatch } from '../../src/jobs/troubles.ts'

function aWatch() {
  const told: string[] = []
  const scene = { troubles: [] as { key: string; text: string }[], writable: true, told }
  const look = createTroubleWatch({
    troubles: async () => scene.troubles,
    tell: async (text) => {
      if (!scene.writable) throw new Error('the disk is full')
      told.push(text)
    },
    log: () => {},
  })
  return { ...scene, scene, look }
}

it('a trouble of the machine is told once, and once more when it is over', async () => {
  const { scene, look } = aWatch()
  await look()
  scene.troubles = [{ key: 'clock', text: 'The clock is wrong.' }]
  await look()
  await look()
  expect(scene.told).toEqual(['The clock is wrong.'])
  scene.troubles = []
  await look()
  await look()
  expect(scene.told).toEqual(['The clock is wrong.', expect.stringContaining('right again')])
})

it('what can’t be told while the disk is full is told when it is over', async () => {
  const { scene, look } = aWatch()
  scene.troubles = [{ key: 'disk', text: 'The disk is full.' }]
  scene.writable = false
  await look()
  await look()
  scene.troubles = []
  await look()
  scene.writable = true
  await look()
  await look()
  expect(scene.told).toEqual([expect.stringContaining('takes what is written again')])
})
