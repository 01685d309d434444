import { holdForSeeds } from './seeds.ts'

holdForSeeds(0, 125)
