-- Run once, when the data volume is new: the bank's own database beside the product's.
CREATE DATABASE sandbox_bank;
