import { holdForSeeds } from './seeds.ts'

holdForSeeds(375, 125)
