import { holdForSeeds } from './seeds.ts'

holdForSeeds(125, 125)
