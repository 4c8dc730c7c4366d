// "Đặng Thị Ngà" and "dang thi nga" become the same.
export const foldText = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
