import { holdForSeeds } from './seeds.ts'

holdForSeeds(250, 125)
